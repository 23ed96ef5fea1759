#pragma once
// The business clock: the machine's, or one that stood at another time when the program began (--now).
#include <optional>

#include "core/base/time.hpp"

namespace kenpin::app {

/// `at_start`: what it shows now; nothing: the machine's clock.
Clock device_clock(std::optional<Instant> at_start);
/// CLOCK_MONOTONIC, as the bridge measures too.
Millis mono_now();

}  // namespace kenpin::app
