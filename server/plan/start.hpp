#pragma once
// Starting work (出荷作業開始). Only what is due and may start is started; what is due and cannot start waits
// with a named reason, never silently. Done in two halves with the cart planner of server/routes between
// them:
//
//   prepare_start: due shipments ──> shelves chosen, own numbers issued     (PreparedStart)
//   routes::plan_carts: shipments with shelves ──> carts in walking order
//   start_lists: carts ──> ListStarted events, each for the bench with the least work
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/shipment.hpp"
#include "core/protocol/events.hpp"
#include "server/plan/allocate.hpp"
#include "server/plan/numbering.hpp"

namespace kenpin::plan {

/// A shipment whose work may have to start, as the store knows it.
struct WaitingShipment {
    ShipmentId shipment;
    ShopId shop;
    CarrierId carrier;
    Instant ordered_at;
    Day ship_day;
    bool is_cooling = false;  // 猶予時間: the buyer may still cancel
    domain::ShipmentStates states;
    domain::WaybillWay way = domain::WaybillWay::own_label;
    domain::TrackingCovers covers = domain::TrackingCovers::one_piece;
    int pieces = 1;
    int numbers_known = 0;  // pieces that have a living tracking number
    std::vector<WantedLine> lines;
};

/// Why a due shipment waits: a key for people's languages.
enum class WaitReason {
    held,
    no_stock,
    not_on_pick_shelf,
    waybill_number_missing,
    number_range_used_up,
    cooling
};
std::string_view name(WaitReason reason);  // "held", ...

struct StillWaits {
    ShipmentId shipment;
    WaitReason reason;
};
struct PreparedShipment {
    ShipmentId shipment;
    CarrierId carrier;
    Day ship_day;
    std::vector<protocol::StartedLine> lines;  // as routes::ShipmentToPick wants them
};
struct PreparedStart {
    std::vector<PreparedShipment> shipments;
    std::vector<protocol::WaybillIssued> issued;  // 自社印字
    std::vector<StillWaits> waiting;              // due, but not started
    std::vector<NumberRange> ranges;              // as they stand afterwards
};

/// `shelves`: of one owner, `ranges`: of all shops. Oldest order first gets the shelf. A shipment of a site
/// that keeps no stock (not_kept) is prepared with lines without a location. What is not due or already in
/// work appears nowhere in the answer.
PreparedStart prepare_start(std::vector<WaitingShipment> shipments, std::vector<ShelfStock> shelves,
                            std::vector<NumberRange> ranges, Day today);

struct Bench {
    DeviceId device;
    int open_shipments = 0;  // already assigned and not yet packed
};
struct Cart {
    std::vector<protocol::StartedSlot> slots;
    std::vector<protocol::StartedLine> lines;
};

/// One list for each cart, numbered from `first_list`; each goes to the bench with the fewest open shipments
/// (the first by name among equals). At least one bench.
std::vector<protocol::ListStarted> start_lists(const OwnerId& owner, const std::vector<Cart>& carts,
                                               std::vector<Bench> benches, std::int64_t first_list);

}  // namespace kenpin::plan
