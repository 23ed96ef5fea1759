#pragma once
// What the server makes of an event that a device sent. The same rules as on the device are asked again over
// the server's own rows. An event that they allow has its effect, and may be followed by events of the
// server; one that they do not allow any more is kept as evidence for a supervisor and has no effect. Nothing
// is ever dropped.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/domain/match_waybill.hpp"
#include "core/domain/shipment.hpp"
#include "core/domain/verify_pack.hpp"
#include "core/domain/verify_pick.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::plan {

/// The rows that the event is about, as they stand before it. The store fills what the event names
/// (rows_needed) inside the transaction that stores it.
struct WorkView {
    std::optional<domain::ShipmentStates> states;  // of the shipment
    std::optional<domain::PackTask> pack;          // of the shipment, with progress so far
    std::optional<domain::PickTask> pick;          // of the list, with progress so far
    std::vector<ShipmentId> to_be_cancelled;       // of the list: stopped, still promised goods
    domain::KnownWaybills known_waybills;          // living numbers of other shipments among those asked for
};

/// What to read before judging.
struct RowsNeeded {
    std::optional<ListId> list;
    std::optional<ShipmentId> shipment;
    std::optional<TrackingNo> tracking;  // whose is it?
    std::optional<LineNo> line{};        // of the list: no other line of it is looked at, nor its slots
};
RowsNeeded rows_needed(const protocol::Body& body);

struct SiteRules {
    bool ship_at_match =
        true;  // 出荷確定 at the waybill match; false: by a later scan or count with the driver
};

struct Effective {
    std::vector<protocol::Body> followed_by;  // of the server, in the same transaction
};
struct KeptAsEvidence {
    std::string reason;  // a key for people's languages: "unknown_list", "goods_missing", …
};
using EventVerdict = std::variant<Effective, KeptAsEvidence>;

EventVerdict judge_device_event(const protocol::Body& body, const WorkView& view, const SiteRules& rules);

}  // namespace kenpin::plan
