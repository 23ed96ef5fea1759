#include "firmware-bridge/device/serial.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

namespace kenpin::device {
namespace {

struct Speed {
    int baud;
    speed_t code;
};
constexpr std::array speeds{Speed{1200, B1200},   Speed{2400, B2400},    Speed{4800, B4800},
                            Speed{9600, B9600},   Speed{19200, B19200},  Speed{38400, B38400},
                            Speed{57600, B57600}, Speed{115200, B115200}};

std::optional<speed_t> speed_code(int baud) {
    const auto found =
        std::find_if(speeds.begin(), speeds.end(), [&](const Speed& s) { return s.baud == baud; });
    return found == speeds.end() ? std::nullopt : std::optional(found->code);
}

Error::Kind kind_of(int why) {
    switch (why) {
        case ENOENT:
        case ENXIO:
        case ENODEV:
            return Error::Kind::not_found;
        case EBUSY:
        case EWOULDBLOCK:
            return Error::Kind::busy;
        case EIO:
            return Error::Kind::unreachable;
        default:
            return Error::Kind::refused;
    }
}

Error failed(std::string_view what) {
    const int why = errno;
    return {kind_of(why), "serial " + std::string(what) + ": " + std::generic_category().message(why)};
}

/// 8 bits, no parity, no flow control, no translation: exact bytes. A read waits for at least one byte
/// (VMIN), so that 0 bytes can only mean the end.
bool make_raw(int fd, speed_t speed) {
    termios line{};
    if (tcgetattr(fd, &line) != 0) return false;
    cfmakeraw(&line);
    line.c_cflag |= CLOCAL | CREAD;
    line.c_cc[VMIN] = 1;
    line.c_cc[VTIME] = 0;
    return cfsetspeed(&line, speed) == 0 && tcsetattr(fd, TCSANOW, &line) == 0;
}

}  // namespace

bool is_usual_baud(int baud) {
    return speed_code(baud).has_value();
}

Result<SerialPort> SerialPort::open(const std::string& path, int baud) {
    const auto speed = speed_code(baud);
    if (!speed) return Error{Error::Kind::refused, "serial speed " + std::to_string(baud)};
    SerialPort port(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (port.fd_ < 0 || isatty(port.fd_) == 0) return failed("open " + path);
    if (flock(port.fd_, LOCK_EX | LOCK_NB) != 0) return failed("lock " + path);
    if (!make_raw(port.fd_, *speed)) return failed("settings " + path);
    return port;
}

SerialPort::SerialPort(SerialPort&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

SerialPort& SerialPort::operator=(SerialPort&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

SerialPort::~SerialPort() {
    if (fd_ >= 0) close(fd_);
}

Result<std::string> SerialPort::read_available(std::size_t most) {
    std::array<char, 4096> chunk{};
    const auto got = ::read(fd_, chunk.data(), std::clamp<std::size_t>(most, 1, chunk.size()));
    if (got > 0) return std::string(chunk.data(), static_cast<std::size_t>(got));
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::string{};
    if (got == 0) errno = EIO;
    return Error{Error::Kind::unreachable, failed("read").detail};
}

Outcome SerialPort::write(std::string_view bytes) {
    const auto done = ::write(fd_, bytes.data(), bytes.size());
    if (done < 0) return failed("write");
    if (static_cast<std::size_t>(done) < bytes.size())
        return Error{Error::Kind::full, "serial write: line is full"};
    return Done{};
}

}  // namespace kenpin::device
