#include "station/sync/boot_clock.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::sync;
using namespace std::chrono_literals;

TEST_CASE("a lease is counted from receipt on the machine's own clock, whatever the wall clock says") {
    const Receipt received{"boot-1", 10min};
    CHECK(left_of(45min, received, {"boot-1", 10min}) == 45min);
    CHECK(left_of(45min, received, {"boot-1", 30min}) == 25min);
    CHECK(left_of(45min, received, {"boot-1", 55min}) == 0min);
    CHECK(left_of(45min, received, {"boot-1", 10h}) == 0min);
}

TEST_CASE("after a boot nobody can say how long the machine was off: the lease counts as over") {
    CHECK(left_of(45min, {"boot-1", 10min}, {"boot-2", 11min}) == 0min);
    CHECK(left_of(45min, {"", 10min}, {"", 11min}) == 0min);
}

TEST_CASE("two looks at the clock of one boot are in order") {
    const auto first = receipt_now(), second = receipt_now();
    CHECK(first.boot == second.boot);
    CHECK(first.since_boot <= second.since_boot);
    CHECK(first.since_boot > 0ms);
}
