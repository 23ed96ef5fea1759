#pragma once
// From the scan in the station's hands to its green light, durable write included; no window.
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::bench {

/// Milliseconds of each of `scans` picks, one after the other: app::Client, the storage thread, its SQLite
/// file with synchronous=FULL, and back.
Result<std::vector<double>> measure_green_light(int scans);

/// How long a station with `events` of its own in its outbox takes to stand where it stood (ADR 0001),
/// milliseconds: reading them, and folding them.
struct Refold {
    double read_ms = 0, fold_ms = 0;
};
Result<Refold> measure_refold(int events);

/// Makes a station's database with a list in its hands and `events` picks of it.
Outcome fill_outbox(const std::string& path, int events);

}  // namespace kenpin::bench
