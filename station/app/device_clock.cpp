#include "station/app/device_clock.hpp"

namespace kenpin::app {
namespace {

Instant wall_now() {
    return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
}

}  // namespace

Clock device_clock(std::optional<Instant> at_start) {
    const Millis ahead = at_start ? *at_start - wall_now() : Millis{0};
    return [ahead] { return wall_now() + ahead; };
}

Millis mono_now() {
    return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace kenpin::app
