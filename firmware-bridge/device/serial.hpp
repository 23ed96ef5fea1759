#pragma once
// A serial line of this machine (tty, USB CDC-ACM, pty), raw and non-blocking. One thread.
// That it vanishes is routine: unplugged, switched off, out of radio range. Whoever holds it opens it again
// later.
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kenpin::device {

inline constexpr int usual_baud = 9600;
/// 1200, 2400, ... 115200.
bool is_usual_baud(int baud);

class SerialPort {
public:
    /// Takes the line for this process alone. not_found, busy (another process holds it), refused (no right,
    /// not a tty, or a speed that is not one of the usual 1200 .. 115200).
    static Result<SerialPort> open(const std::string& path, int baud = usual_baud);

    SerialPort(SerialPort&& other) noexcept;
    SerialPort& operator=(SerialPort&& other) noexcept;
    SerialPort(const SerialPort&) = delete;
    SerialPort& operator=(const SerialPort&) = delete;
    ~SerialPort();

    int fd() const { return fd_; }  // for poll(): readable, or gone
    /// What has come, at most `most` bytes (1 .. 4096); empty: nothing now. unreachable: the device is gone.
    Result<std::string> read_available(std::size_t most);
    /// Only short commands (a beep): what the line does not take at once is an error.
    Outcome write(std::string_view bytes);

private:
    explicit SerialPort(int fd) : fd_(fd) {}
    int fd_ = -1;
};

}  // namespace kenpin::device
