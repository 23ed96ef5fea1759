#pragma once
// What the server says without being asked, as the worker sees it: work that did not count, a list that is in
// other hands, a box on the cart whose shipment was cancelled. Pure.
#include <optional>
#include <set>
#include <vector>

#include "core/protocol/messages.hpp"
#include "station/flow/state.hpp"

namespace kenpin::flow {

/// One that was done already is told with who did it; several at once are counted. Nothing: nothing to tell.
std::optional<Alarm> not_counted(const State& state, Epoch epoch,
                                 const std::vector<protocol::AckNote>& notes);

/// A supervisor took the open list back, and the word of it was lost: what was done since it was opened did
/// not count. It is nobody's until somebody opens it again.
bool is_open_list_taken_back(const State& state, Epoch epoch, const std::vector<protocol::AckNote>& notes);

struct InHand {  // the open list, before documents came
    std::optional<ListId> list;
    std::string shown;
    std::set<SlotNo> stopped;
};
InHand list_in_hand(const State& state);
/// What documents took out of the worker's hands since `before`.
std::optional<Alarm> taken_from_hand(const State& state, const InHand& before);

}  // namespace kenpin::flow
