#include "firmware-bridge/app/verbs/watch_link.hpp"

#include <cerrno>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace kenpin::app {

Result<WatchLink> WatchLink::connect(const std::filesystem::path& socket) {
    const auto path = socket.string() + ".watch";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return Error{Error::Kind::refused, path + ": too long"};
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    Fd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return Error{errno == EACCES ? Error::Kind::refused : Error::Kind::unreachable,
                     path + ": " + std::generic_category().message(errno)};
    return WatchLink(StationLink(std::move(fd)));
}

void WatchLink::show_codes() {
    (void)link_.send(show_codes_packet);  // a bridge that went is seen by next()
}

std::optional<WatchPacket> WatchLink::next(std::optional<std::chrono::milliseconds> limit) {
    pollfd readable{link_.fd(), POLLIN, 0};
    if (poll(&readable, 1, limit ? static_cast<int>(limit->count()) : -1) <= 0) return std::nullopt;
    const auto packet = link_.receive();
    if (!packet || !packet.value()) return std::nullopt;
    auto read = watch_packet(packet.value()->text);
    if (!read) return std::nullopt;
    return std::move(read).value();
}

}  // namespace kenpin::app
