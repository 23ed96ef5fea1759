#pragma once
// The local truth of a station: documents from the server, and its own committed events folded on top. Used
// when an event becomes durable and when the station starts again; there is no other way to the same state.
#include <vector>

#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "station/flow/state.hpp"

namespace kenpin::flow {

/// What one durable event of this device makes of the state. Events about documents it does not hold are
/// kept, and counted when the document comes. Kinds that mean nothing here change nothing.
State apply(State state, const protocol::Event& event);

struct Documents {
    protocol::Settings settings;
    std::vector<protocol::PickListDoc> lists;
    std::vector<protocol::PackDoc> packs;
};

/// The state after a start: as if every document had just arrived at `mono` and every event of `committed`
/// (this device, current epoch, in order of seq) had just been applied. PickListDoc::lease is what is left of
/// it.
State resume(Role role, const Documents& documents, const std::vector<protocol::Event>& committed,
             Millis mono);

/// New versions replace old ones, keeping what is folded on top; an older version than the one held changes
/// nothing.
State take_documents(State state, const DocumentsArrived& arrived);

}  // namespace kenpin::flow
