#pragma once
// The server's end of an ingest bench: a database with a picking list in the hands of each device, and what
// each device will say about it: location, piece after piece, box. Made by the server's own code before it is
// started.
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::bench {

inline const SiteId ingest_site{"BENCH"};
inline constexpr const char* ingest_now = "2026-11-24T08:00:00+09:00";

struct DeviceScript {
    DeviceId device;
    Epoch epoch;
    std::vector<protocol::Event> events;  // in order of seq; what was said before lies in the database
};

DeviceId ingest_device(int number);  // from 1
/// A fresh database at `file`, for `devices`.
Result<std::vector<DeviceScript>> make_floor(const std::filesystem::path& file, int devices);

/// Puts `events` of an earlier time into the tables that grow with each event, without touching what is in
/// work.
Outcome add_history(const std::filesystem::path& file, int events);

/// CPU microseconds of one event in this process, from the message's text to the commit: `scripts` as batches
/// of 50 into the floor at `file`.
Result<double> hear_all(const std::filesystem::path& file, const std::vector<DeviceScript>& scripts);

}  // namespace kenpin::bench
