#include "tests/e2e/floor/pty_scanner.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/check.hpp"

namespace kenpin::floor {

PtyScanner::PtyScanner() : master_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    KENPIN_CHECK(master_ >= 0 && grantpt(master_) == 0 && unlockpt(master_) == 0);
    char name[128];
    KENPIN_CHECK(ptsname_r(master_, name, sizeof name) == 0);
    path_ = name;
    slave_ = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    KENPIN_CHECK(slave_ >= 0);
    termios raw{};
    tcgetattr(slave_, &raw);
    cfmakeraw(&raw);
    tcsetattr(slave_, TCSANOW, &raw);
}

PtyScanner::~PtyScanner() {
    close(slave_);
    close(master_);
}

void PtyScanner::scan(std::string_view code) const {
    const std::string bytes = std::string(code) + "\r";
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto n = write(master_, bytes.data() + sent, bytes.size() - sent);
        KENPIN_CHECK(n > 0);
        sent += static_cast<std::size_t>(n);
    }
}

}  // namespace kenpin::floor
