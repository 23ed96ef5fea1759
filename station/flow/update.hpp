#pragma once
// The station's one step: what happened makes of what is known and shown. Pure and total: every event is
// allowed in every state, an answer to an old ticket changes nothing. Nothing is counted, shown or sounded
// before its record is durable.
#include <vector>

#include "station/flow/effects.hpp"
#include "station/flow/events.hpp"
#include "station/flow/fold.hpp"
#include "station/flow/prompt.hpp"
#include "station/flow/state.hpp"

namespace kenpin::flow {

struct Step {
    State state;
    std::vector<Effect> effects;
};

Step update(State state, const Event& event);

/// What must be done once after resume(): papers that were due when the power went, and the first prompt for
/// the log.
std::vector<Effect> effects_after_resume(const State& state);

}  // namespace kenpin::flow
