#include "server/web/rate_limit.hpp"

#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin::web;
using namespace std::chrono_literals;

namespace {
const RateClock::time_point start{1'000'000s};
}

TEST_CASE("a key may call in a burst, then waits for the next token, and is told how long") {
    Gate gate({.per_minute = 60, .burst = 3});
    for (int call = 0; call < 3; ++call) CHECK_FALSE(gate.must_wait(start));
    CHECK(gate.must_wait(start) == 1s);
    CHECK(gate.must_wait(start + 999ms) == 1s);
    CHECK_FALSE(gate.must_wait(start + 1s));
    CHECK(gate.must_wait(start + 1s) == 1s);
}

TEST_CASE("a slow rate says the whole wait, and asking again does not make it longer") {
    Gate gate({.per_minute = 2, .burst = 1});
    CHECK_FALSE(gate.must_wait(start));
    for (int call = 0; call < 100; ++call) CHECK(gate.must_wait(start) == 30s);
    CHECK_FALSE(gate.must_wait(start + 30s));
}

TEST_CASE("a bucket that rested is full again and never fuller") {
    Gate gate({.per_minute = 60, .burst = 2});
    CHECK_FALSE(gate.must_wait(start));
    const auto later = start + 24h;
    CHECK_FALSE(gate.must_wait(later));
    CHECK_FALSE(gate.must_wait(later));
    CHECK(gate.must_wait(later));
}

TEST_CASE("calls at any moments: never more are let through than the burst and what time brought") {
    kenpin::test::holds("the bucket's promise", [](const std::vector<std::uint16_t>& pauses_ms) {
        const Rate rate{.per_minute = 600, .burst = 5};
        RateClock::time_point full_at{}, now = start;
        int given = 0;
        for (const auto pause : pauses_ms) {
            now += std::chrono::milliseconds{pause};
            const auto token = take_token(rate, full_at, now);
            given += token.is_given ? 1 : 0;
            full_at = token.full_at;
        }
        const auto brought = (now - start) / 100ms;
        RC_ASSERT(given <= rate.burst + brought);
    });
}

TEST_CASE("many threads at one bucket get its burst together, not each") {
    Gate gate({.per_minute = 1, .burst = 100});
    std::atomic<int> given{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&] {
            for (int call = 0; call < 50; ++call)
                if (!gate.must_wait(start)) ++given;
        });
    for (auto& caller : callers) caller.join();
    CHECK(given == 100);
}
