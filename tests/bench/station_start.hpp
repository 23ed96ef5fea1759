#pragma once
// From starting kenpin-station to its first frame that shows where the worker stands, in a real window of a
// display of our own (Xvfb, software drawing).
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::bench {

/// Milliseconds of each of `starts` after a first one that warms the disk's cache. `events`: so many of its
/// own lie in its outbox, about a list in its hands (ADR 0001).
Result<std::vector<double>> measure_station_start(int starts, int events);

/// Of a station that stands signed out in its window and hears nothing, after it has settled.
struct Idle {
    double cpu_percent = 0;  // of one core
    double rss_mb = 0;
};
Result<Idle> measure_station_idle(int seconds);

}  // namespace kenpin::bench
