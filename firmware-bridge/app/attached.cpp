#include "firmware-bridge/app/attached.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/bridge_limits.hpp"

namespace kenpin::app {

Result<std::string> read_attached(int fd, std::uint64_t wanted) {
    constexpr int needed = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    const int seals = fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & needed) != needed)
        return Error{Error::Kind::refused, "print bytes: not a sealed memfd"};
    struct stat file {};
    if (wanted == 0 || wanted > limits::print_bytes || fstat(fd, &file) != 0 ||
        static_cast<std::uint64_t>(file.st_size) != wanted)
        return Error{Error::Kind::refused, "print bytes: not as many as said"};
    std::string bytes(wanted, '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto got = pread(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (got <= 0) return Error{Error::Kind::refused, "print bytes: cannot be read"};
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace kenpin::app
