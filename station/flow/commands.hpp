#pragma once
// What a supervisor's command means at this station. Each command has a name; one that was answered here is
// followed once, however often it comes, also after a restart: the answers are folded (fold.hpp).
#include <vector>

#include "core/protocol/events.hpp"
#include "core/protocol/messages.hpp"
#include "station/flow/effects.hpp"
#include "station/flow/state.hpp"

namespace kenpin::flow {

/// Of a "message" or "print_now" that was not answered before.
protocol::CommandAnswered answer_to(const State& state, const CommandCame& came);

/// A message in front of the worker was looked at.
protocol::CommandAnswered seen(const ShownMessage& message);

/// First copies that are due now: of the open shipment, and of those that "print now" asked for.
std::vector<PrintPapers> papers_to_print(const State& state);

}  // namespace kenpin::flow
