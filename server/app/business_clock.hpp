#pragma once
// The business clock: the machine's, or (demo, tests) one that was set to a moment when the server started
// and goes on from there.
#include <optional>

#include "core/base/time.hpp"

namespace kenpin::app {

Clock machine_clock();
/// `start`: what it shows now; nothing: the machine's.
Clock business_clock(std::optional<Instant> start);

}  // namespace kenpin::app
