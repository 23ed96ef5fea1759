#pragma once
// From starting kenpin-station to its first frame that shows where the worker stands, in a real window of a
// display of our own (Xvfb, software drawing).
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::bench {

/// Milliseconds of each of `starts` after a first one that warms the disk's cache. `events`: so many of its
/// own lie in its outbox, about a list in its hands (ADR 0001).
Result<std::vector<double>> measure_station_start(int starts, int events);

}  // namespace kenpin::bench
