#pragma once
// What must be true after a chaos run, whatever happened in it. Judged from what lies on the disks when all
// programs have ended: the stations' screen logs (what workers saw), their outboxes, the server's database.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::chaos {

struct StationFiles {
    std::string device;
    std::filesystem::path screen_log, database;
};

struct Verdict {
    std::int64_t green_lines = 0, refused_lines = 0;    // on all screens
    std::int64_t green_events = 0;                      // that green lines stand on
    std::int64_t device_events = 0, server_events = 0;  // of devices, in the server's table; all in it
    std::int64_t evidence = 0;                          // kept without effect
    int lost = 0, doubled = 0;
    std::int64_t shipped = 0;
    std::vector<std::string> broken;  // one sentence for each thing that is not as it must be
};

/// Greens on the server once each; outboxes empty and equal to the server's events of their device, seq
/// without gaps; projections equal to their replay; the chain whole; stock conserved; each order there once.
/// `database` is the server's file; its projections are rebuilt in place.
Result<Verdict> judge(const std::vector<StationFiles>& stations, const std::filesystem::path& database,
                      int orders);

}  // namespace kenpin::chaos
