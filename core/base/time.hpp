#pragma once
// Instants and days. Rules never ask for the time; it arrives inside events, or through a Clock at the edge.
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kenpin {

using Millis = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Millis>;  // UTC
using Day = std::chrono::local_days;            // a calendar day of the site (Japan)

inline constexpr std::chrono::hours japan_offset{9};

/// What the edge asks for the business time (the demo's clock may stand at another day than the machine's).
using Clock = std::function<Instant()>;

inline std::int64_t to_ms(Instant at) {
    return at.time_since_epoch().count();
}
inline Instant from_ms(std::int64_t ms) {
    return Instant{Millis{ms}};
}

/// The day it is in Japan at `at`.
Day japan_day(Instant at);
/// "2026-11-24". Day 0 of year 0..9999.
std::string to_text(Day day);
/// "2026-11-24T08:00:00.000+09:00".
std::string to_text(Instant at);
/// Takes "2026-11-24" and "2026/11/24" (also without leading zeros); nothing else, and no day that does not
/// exist.
std::optional<Day> parse_day(std::string_view text);
/// Takes ISO 8601 with seconds or without, fraction optional, and an offset ("Z", "+09:00"); none means
/// Japan.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace kenpin
