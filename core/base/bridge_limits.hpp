#pragma once
// Limits of the devices beside a station, with their names (see limits.hpp for the floor's).
#include <chrono>
#include <cstddef>

namespace kenpin::limits {

inline constexpr std::size_t bridge_reply = 16 * 1'024;             // bytes of a printer's reply in a packet
inline constexpr std::size_t print_bytes = 8 * 1'024 * 1'024;       // of one job for a USB printer
inline constexpr std::size_t print_jobs = 16;                       // in flight at once, all printers
inline constexpr std::size_t print_ends = 256;                      // kept for a station that is away
inline constexpr std::chrono::milliseconds weight_every{200};       // the same weight is told no more often
inline constexpr std::chrono::milliseconds read_twice{150};         // same device, same bytes: marked
inline constexpr std::chrono::milliseconds seen_elsewhere{1'000};   // same bytes on another device: marked
inline constexpr std::chrono::milliseconds bridge_watchdog{3'000};  // systemd is told that often that we live

}  // namespace kenpin::limits
