#include "tests/support/pty_scanner.hpp"

#include <array>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/check.hpp"

namespace kenpin::support {

PtyScanner::PtyScanner(std::filesystem::path path) : path_(std::move(path)) {
    plug_in();
}

PtyScanner::~PtyScanner() {
    unplug();
}

void PtyScanner::plug_in() {
    unplug();
    master_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    std::array<char, 64> name{};
    KENPIN_CHECK(master_ >= 0 && grantpt(master_) == 0 && unlockpt(master_) == 0);
    KENPIN_CHECK(ptsname_r(master_, name.data(), name.size()) == 0);
    termios line{};  // a real scanner's bytes are not echoed or translated before anybody opened it
    KENPIN_CHECK(tcgetattr(master_, &line) == 0);
    cfmakeraw(&line);
    KENPIN_CHECK(tcsetattr(master_, TCSANOW, &line) == 0);
    std::filesystem::create_symlink(name.data(), path_);
}

void PtyScanner::unplug() {
    if (master_ < 0) return;
    std::filesystem::remove(path_);
    close(std::exchange(master_, -1));
}

void PtyScanner::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = write(master_, bytes.data(), bytes.size());
        KENPIN_CHECK(written > 0);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace kenpin::support
