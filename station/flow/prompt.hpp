#pragma once
// What the screen asks the worker for: one thing at a time. The same value decides what is drawn, what a scan
// is judged against, and what a simulated worker reads.
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"

namespace kenpin::flow {

enum class Ask {
    badge,       // sign in
    list,        // choose a list, by its button or its code
    no_list,     // nothing offered: wait
    lease_over,  // the list may not be gone on with; why is on the screen
    tote,        // put a box in the slot and scan it
    location,    // go there and scan the shelf
    item,        // scan the goods
    slot,        // put them in and scan the box
    short_pick,  // is the rest really not on the shelf? confirm, or scan goods and go on
    box,         // bench: scan a box, list, slip or waybill
    goods,       // bench: scan each piece
    waybill,     // bench: scan the waybill that is stuck on
    stopped,     // bench: the shipment was cancelled or held; put it aside
    confirm,     // bench: an NG waits for its confirmation
};

/// "badge", "list", ... as it stands in screen logs.
std::string_view name(Ask ask);

struct Prompt {
    Ask ask = Ask::badge;
    std::optional<ListId> list;
    std::optional<LineNo> line;
    std::optional<ShipmentId> shipment;
    std::optional<SlotNo> slot;
    std::optional<PieceNo> piece;
    std::optional<LocationCode> location;
    std::optional<Sku> sku;
    Qty remaining;       // pieces still wanted of `sku`; 0 where none is asked
    std::string wanted;  // the bytes of a code that would be right now; empty where any of a kind is
    bool operator==(const Prompt&) const = default;
};

struct State;
Prompt prompt(const State& state);

}  // namespace kenpin::flow
