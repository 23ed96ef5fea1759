#pragma once
// Cancelling (キャンセル) is a request with an answer. Before its work starts a shipment is cancelled and its
// stock is free. In work it is stopped: the picker's list and the bench refuse it from their next word with
// the server on. While its list is in a picker's hands its stock stays promised, for he may have taken goods
// that the server does not know of yet; when the list is finished or taken back, it is cancelled for good.
//
//   waiting ─────────────────────────────> cancelled
//   in work, list in a picker's hands ───> stopped (held) ──list finished or revoked──> cancelled
//   in work otherwise ───────────────────> stopped and cancelled
//   shipped, returned ───────────────────> too late
#include <string_view>
#include <vector>

#include "core/domain/shipment.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::plan {

enum class CancelAnswer { cancelled, stopped, too_late };
std::string_view name(CancelAnswer answer);

/// How the shipment stands when somebody asks.
struct CancelCase {
    ShipmentId shipment{};
    domain::ShipmentStates states{};
    bool is_in_hand = false;  // its list is leased and not finished
};

struct CancelVerdict {
    CancelAnswer answer{};
    std::vector<protocol::Body> decisions{};  // without the request itself; empty: nothing changes
};
CancelVerdict judge_cancel(const CancelCase& asked);

}  // namespace kenpin::plan
