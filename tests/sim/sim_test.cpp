// Fifty small floors, each from its seed, each with its own bad day. One that breaks an invariant prints its
// number and the end of its story; `./dev sim --seeds 1 --seed N` plays it again.
#include <doctest/doctest.h>

#include "tests/sim/world.hpp"

using namespace kenpin;

TEST_CASE("fifty floors keep every invariant through a bad day, and come to rest after it") {
    constexpr std::uint64_t seeds = 50;
    int shipped = 0, refused = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const auto outcome = sim::run(seed);
        INFO(sim::to_text(outcome));
        CHECK(outcome.broken.empty());
        shipped += outcome.shipped;
        refused += outcome.tally.refused;
    }
    CHECK(shipped > 100);  // that the floors did work, and that mistakes were made
    CHECK(refused > 100);
}

TEST_CASE("the same seed tells the same story") {
    CHECK(sim::to_text(sim::run(7)) == sim::to_text(sim::run(7)));
}
