#include "firmware-bridge/device/news.hpp"

namespace kenpin::device {

Handle next_handle() {
    // The daemon's devices all live in its one thread.
    static std::uint64_t last = 0;  // NOLINT: the only counter of its kind, for the life of the process
    return Handle{++last};
}

}  // namespace kenpin::device
