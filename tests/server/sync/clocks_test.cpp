// What hellos tell besides what a device holds: how far its clock is off, and whether it is one device.
#include "server/sync/clocks.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::sync;
using namespace std::chrono_literals;

namespace {

const Instant morning = *parse_instant("2026-11-24T08:00:00+09:00");

/// `lives`: the epochs in its database; the last is the one that is written.
protocol::Hello hello_of(const std::vector<std::int64_t>& lives) {
    protocol::Hello hello;
    for (const auto epoch : lives) hello.lives.push_back({Epoch{epoch}, Seq{1}, Seq{0}, Seq{0}});
    return hello;
}

}  // namespace

TEST_CASE("a clock is estimated from several hellos; one that was long on its way is no slow clock") {
    ClockEstimate clock;
    CHECK_FALSE(clock.note(morning + 40ms, morning));
    CHECK_FALSE(clock.ahead());  // one says nothing
    CHECK(clock.note(morning + 30s - 20s, morning + 30s));
    CHECK(clock.ahead() == 40ms);
    CHECK_FALSE(clock.is_off());
    CHECK_FALSE(clock.note(morning + 60s + 45ms, morning + 60s));  // nothing worth telling
}

TEST_CASE("a clock that is off by more than two seconds is told, either way, and no more when it was set") {
    for (const auto off : {2'500ms, -2'500ms}) {
        ClockEstimate clock;
        Instant now = morning;
        clock.note(now + off, now);
        CHECK(clock.note(now + off, now));
        CHECK(clock.is_off());
        for (int i = 0; i < 4; ++i) clock.note(now, now);
        CHECK(clock.ahead() == 0ms);
        CHECK_FALSE(clock.is_off());
    }
    ClockEstimate clock;
    clock.note(morning + limits::clock_off, morning);
    clock.note(morning + limits::clock_off, morning);
    CHECK_FALSE(clock.is_off());  // just within
}

TEST_CASE("two devices that take turns under one id are two, as long as both are there") {
    Voices voices;
    auto now = morning;
    CHECK_FALSE(voices.hear(hello_of({1}), now));
    CHECK_FALSE(voices.hear(hello_of({2}), now += 1s));
    CHECK_FALSE(voices.hear(hello_of({1}), now += 30s));  // that may have been long on its way
    CHECK_FALSE(voices.are_two());
    CHECK(voices.hear(hello_of({1}), now += 31s) == Voices::Two{Epoch{2}, Epoch{1}});
    CHECK(voices.are_two());
    CHECK(voices.hear(hello_of({2}), now += 1s) == Voices::Two{Epoch{2}, Epoch{1}});
    CHECK_FALSE(voices.hear(hello_of({1}), now += 3min));  // the other one is switched off
    CHECK_FALSE(voices.are_two());
}

TEST_CASE("a disk that was copied speaks twice, though both know the same former lives") {
    Voices voices;
    auto now = morning;
    voices.hear(hello_of({1, 2, 3}), now);
    voices.hear(hello_of({1, 2, 4}), now += 1s);
    CHECK(voices.hear(hello_of({1, 2, 3}), now += 61s));
}

TEST_CASE("a device that is started again, put back to an older copy or replaced is one device") {
    Voices voices;
    auto now = morning;
    voices.hear(hello_of({1}), now);
    CHECK_FALSE(voices.hear(hello_of({1, 2}), now += 5s));  // started again
    CHECK_FALSE(voices.hear(hello_of({1}), now += 55s));    // its former hello, late
    CHECK_FALSE(voices.hear(hello_of({1, 2}), now += 30s));
    CHECK_FALSE(voices.hear(hello_of({9}), now += 5s));  // a new one in its place
    for (int i = 0; i < 10; ++i) CHECK_FALSE(voices.hear(hello_of({9}), now += 30s));
}

TEST_CASE("a hello of a former life that comes when nothing can be on its way any more is still its own") {
    Voices voices;
    auto now = morning;
    voices.hear(hello_of({1}), now);
    voices.hear(hello_of({1, 2}), now += 5s);
    CHECK_FALSE(voices.hear(hello_of({1}), now += 100s));  // the server's clock was set
}
