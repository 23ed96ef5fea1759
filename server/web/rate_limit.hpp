#pragma once
// How often a key may call: a token bucket. It holds `burst` tokens when full and gets `per_minute` new ones
// a minute; each call takes one, and who finds none waits for the next. The bucket is kept as one number, the
// moment at which it will be full again, so that many threads share it without a lock.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace kenpin::web {

struct Rate {
    int per_minute = 3'000;  // 1 .. 600'000
    int burst = 500;         // 1 .. 100'000
};

using RateClock = std::chrono::steady_clock;

/// A call's answer from a bucket that is full at `full_at`.
struct Token {
    bool is_given = false;
    RateClock::time_point full_at{};  // of the bucket afterwards
    RateClock::duration wait{};       // until a token is there; zero when it was given
};
Token take_token(const Rate& rate, RateClock::time_point full_at, RateClock::time_point now);

/// The bucket of one key. Any thread.
class Gate {
public:
    explicit Gate(const Rate& rate) : rate_(rate) {}

    /// Nothing: go on. Else how long to wait, in whole seconds, at least one (the Retry-After header).
    std::optional<std::chrono::seconds> must_wait(RateClock::time_point now);

private:
    const Rate rate_;
    std::atomic<RateClock::rep> full_at_{0};
};

}  // namespace kenpin::web
