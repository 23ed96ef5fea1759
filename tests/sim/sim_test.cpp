// A few small floors, each from its seed, each with its own bad day, and what the simulation promises about
// itself. The two thousand of ./dev test are lived by kenpin-sim. One that breaks an invariant prints its
// number and its shortest story; `./dev sim --seeds 1 --seed N` plays it again.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/sim/world.hpp"

using namespace kenpin;

TEST_CASE("floors keep every invariant through a bad day, and come to rest after it") {
    int shipped = 0, refused = 0, power_cuts = 0, shortages = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const auto outcome = sim::run(seed);
        INFO(sim::to_text(outcome));
        CHECK(outcome.broken.empty());
        shipped += outcome.shipped;
        refused += outcome.tally.refused;
        power_cuts += outcome.power_cuts;
        shortages += outcome.shortages;
    }
    CHECK(shipped > 100);  // that the floors did work, that mistakes were made, that the power went
    CHECK(refused > 100);
    CHECK(power_cuts > 30);
    CHECK(shortages > 3);
}

TEST_CASE("the same seed tells the same story") {
    const sim::Limits limits{.bad_steps = 600, .story_lines = 10'000};
    CHECK(sim::to_text(sim::run(7, limits)) == sim::to_text(sim::run(7, limits)));
}

TEST_CASE("a fault that is spared does not fall, and the others of its kind still do") {
    sim::Limits limits{.bad_steps = 600};
    const auto all = sim::run(8, limits);
    REQUIRE(!all.blows.empty());
    limits.spared.insert(all.blows.front());
    const auto fewer = sim::run(8, limits);
    CHECK(fewer.broken.empty());
    CHECK(std::find(fewer.blows.begin(), fewer.blows.end(), all.blows.front()) == fewer.blows.end());
    limits.spared_kinds.insert(sim::Fault::message_lost);
    for (const auto& blow : sim::run(8, limits).blows) CHECK(blow.first != sim::Fault::message_lost);
}
