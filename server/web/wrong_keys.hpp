#pragma once
// Calls with keys that nobody knows: how many there were, and which of them are worth a line in the log. Who
// tries keys by the thousand must not fill the disk with lines, so an address has one a minute, and all of
// them together have `lines_a_minute`.
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/web/rate_limit.hpp"

namespace kenpin::web {

/// Any thread, without a lock: an address has a place by its hash. Two addresses in one place share its line,
/// which costs one of them a line in that minute and keeps memory bounded whoever calls.
class WrongKeys {
public:
    static constexpr std::size_t lines_a_minute = 256;

    WrongKeys();
    /// One more of them. True: a line about it is due.
    bool note(std::string_view address, RateClock::time_point now);
    std::int64_t count() const { return count_; }  // since the start

private:
    std::array<std::atomic<RateClock::rep>, lines_a_minute> next_line_at_;
    std::atomic<std::int64_t> count_{0};
};

}  // namespace kenpin::web
