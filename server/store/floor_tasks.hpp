#pragma once
// What waits on the floor for somebody beside the walks and the benches: void waybills to pull out
// (抜き取り), goods to put back (棚戻し), shelves that were short.
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "server/plan/put_back.hpp"

namespace kenpin::store {

struct LyingWaybill {
    TrackingNo tracking{};
    ShipmentId shipment{};
    ShopId shop{};
    CarrierId carrier{};
    std::string state{};  // "live" | "voided"
    Instant destroyed_at{};
};
/// Void waybills that lie on the floor: not destroyed, and not labels of ours that were never printed.
std::vector<LyingWaybill> waybills_to_pull_out(sqlite::Tx& tx, const SiteId& site);
std::optional<LyingWaybill> find_waybill(sqlite::Tx& tx, const SiteId& site, const TrackingNo& tracking);

/// Of one shipment, or of all. By shipment, item, lot.
std::vector<plan::PutBackTask> put_back_tasks(sqlite::Tx& tx, const SiteId& site,
                                              const std::optional<ShipmentId>& shipment);
std::vector<LocationCode> all_shelves(sqlite::Tx& tx, const SiteId& site);

struct BlockedShelf {
    OwnerId owner{};
    Sku sku{};
    LocationCode location{};
    Qty on_hand{};  // what the stock says
    Instant since{};
};
std::vector<BlockedShelf> blocked_shelves(sqlite::Tx& tx, const SiteId& site);

}  // namespace kenpin::store
