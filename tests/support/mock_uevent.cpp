#include "tests/support/mock_uevent.hpp"

#include <algorithm>
#include <cstdint>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace kenpin::support {
namespace {

/// As the kernel writes it. (udevd's own form has hashes in front, and a monitor's filter drops what has them
/// wrong.)
std::string message(std::string_view action, const std::string& devpath, std::string properties) {
    static std::uint64_t number = 0;
    std::replace(properties.begin(), properties.end(), '\n', '\0');
    return std::string(action) + "@" + devpath + '\0' + "ACTION=" + std::string(action) + '\0' +
           "DEVPATH=" + devpath + '\0' + "SEQNUM=" + std::to_string(++number) + '\0' + properties;
}

}  // namespace

void send_uevent(const std::filesystem::path& root, std::string_view action, const std::string& devpath,
                 const std::string& properties) {
    const auto bytes = message(action, devpath, properties);
    const int sender = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
        const auto path = entry.path().string();
        if (!entry.path().filename().string().starts_with("event")) continue;
        sockaddr_un to{};
        to.sun_family = AF_UNIX;
        path.copy(to.sun_path, sizeof to.sun_path - 1);
        // One left behind by a program that has ended refuses; so it shall.
        (void)sendto(sender, bytes.data(), bytes.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to),
                     sizeof to);
    }
    close(sender);
}

}  // namespace kenpin::support
