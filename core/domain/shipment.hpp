#pragma once
// A shipment (出荷) leaves together for one address. It has four states that know nothing of each other:
//
//   work     waiting ──> in_work ──> picked ──> (sorted) ──> verified ──> shipped ──> returned
//               └───────────┴──────────┴───────────┴────────────┴──> cancelled        (verified also straight
//               from
//                                                        waiting or in_work: sites that only verify, paper
//                                                        picking)
//   waybill  none ──> issued ──> matched        issued, matched ──> voided ──> issued (a new number)
//   stock    not_kept   |   pending <──> partial <──> allocated
//   hold     any number of reasons at any time; a held shipment keeps its stock
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"

namespace kenpin::domain {

enum class WorkState { waiting, in_work, picked, sorted, verified, shipped, cancelled, returned };
enum class WaybillState { none, issued, matched, voided };
enum class StockState { not_kept, pending, partial, allocated };
enum class HoldReason {
    to_confirm,
    unpaid,
    ship_date,
    preorder,
    cancel_requested,
    address,
    unknown_item,
    shortage,  // 欠品対応: some of its goods were not on the shelf; the shop answers what becomes of it
};

struct ShipmentStates {
    WorkState work = WorkState::waiting;
    WaybillState waybill = WaybillState::none;
    StockState stock = StockState::pending;
    std::set<HoldReason> holds;
};

bool may_become(WorkState from, WorkState to);
bool may_become(WaybillState from, WaybillState to);

/// Work on it may start: it waits, nothing holds it, and its stock is there or not kept.
bool may_start(const ShipmentStates& states);

/// Cancelled, or to be stopped: nothing more is picked, packed or printed for it.
bool is_cancelled(const ShipmentStates& states);

/// How a contract with a carrier makes the waybill (送り状): before packing by the carrier's software
/// (先出し), after the last piece by the carrier's software (都度発行), or our own label from a range of
/// numbers (自社印字).
enum class WaybillWay { preissued, on_demand, own_label };

/// What a tracking number covers, by the carrier's rule for a service.
enum class TrackingCovers { one_piece, all_pieces };

/// Depth of use of a site (DOMAIN: each is whole in itself).
enum class Depth { verify_only, paper_picking, location_and_handheld };

// Names as they stand in events, in the database and in the API ("in_work", "own_label", ...), and back.
std::string_view name(WorkState state);
std::string_view name(WaybillState state);
std::string_view name(StockState state);
std::string_view name(HoldReason reason);
std::string_view name(WaybillWay way);
std::string_view name(TrackingCovers covers);
std::string_view name(Depth depth);
template <class Enum>
std::optional<Enum> from_name(std::string_view name);  // for each of the enums above

}  // namespace kenpin::domain
