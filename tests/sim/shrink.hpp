#pragma once
// The shortest story of a seed that broke an invariant: the day is lived again and again with fewer faults
// and fewer steps, as long as the same invariant, in the same words, still breaks.
#include "tests/sim/world.hpp"

namespace kenpin::sim {

/// `broken`: of run(seed, limits). At most `most_days` more days are lived.
Outcome shortest_story(std::uint64_t seed, Limits limits, const Outcome& broken, int most_days = 150);

}  // namespace kenpin::sim
