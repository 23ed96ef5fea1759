#include "firmware-bridge/app/fd.hpp"

#include <unistd.h>

namespace kenpin::app {

Fd::~Fd() {
    if (fd_ >= 0) close(fd_);
}

}  // namespace kenpin::app
