#include "server/store/floor_tasks.hpp"

#include <map>
#include <set>

#include "server/store/document_rows.hpp"

namespace kenpin::store {
namespace {

template <class... Params>
std::vector<LyingWaybill> waybills_where(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    return tx.structs<LyingWaybill, TrackingNo, ShipmentId, ShopId, CarrierId, std::string, Instant>(
        "SELECT w.tracking, w.shipment, s.shop, s.carrier, w.state, w.destroyed_ms FROM waybill w JOIN "
        "shipment "
        "s ON s.site = w.site AND s.owner = w.owner AND s.shipment = w.shipment WHERE w.site = ? AND " +
            where,
        params...);
}

}  // namespace

std::vector<LyingWaybill> waybills_to_pull_out(sqlite::Tx& tx, const SiteId& site) {
    return waybills_where(
        tx,
        "w.state = 'voided' AND w.destroyed_ms = 0 AND (w.way <> 'own_label' OR EXISTS "
        "(SELECT 1 FROM paper p WHERE p.site = w.site AND p.owner = w.owner AND p.shipment = "
        "w.shipment AND p.paper = 'waybill' AND p.state IN ('sent', 'printed', 'unknown'))) "
        "ORDER BY w.tracking",
        site);
}

std::optional<LyingWaybill> find_waybill(sqlite::Tx& tx, const SiteId& site, const TrackingNo& tracking) {
    const auto rows = waybills_where(tx, "w.tracking = ?", site, tracking);
    return rows.empty() ? std::nullopt : std::optional(rows.front());
}

std::vector<plan::PutBackTask> put_back_tasks(sqlite::Tx& tx, const SiteId& site,
                                              const std::optional<ShipmentId>& shipment) {
    const std::string only = shipment ? shipment->value : "";
    std::vector<plan::PutBackTask> tasks;
    std::map<OwnerId, std::set<Sku>> skus;
    std::vector<OwnerId> owners;
    for (const auto& [owner, of, sku, lot, location, left] :
         tx.rows<OwnerId, ShipmentId, Sku, LotNo, LocationCode, Qty>(
             "SELECT owner, shipment, sku, lot, location, left_to_put FROM put_back WHERE site = ? AND "
             "left_to_put > 0 AND (shipment = ? OR '' = CAST(? AS TEXT)) ORDER BY shipment, sku, lot, "
             "location",
             site, only, only)) {
        tasks.push_back({of, sku, lot, location, left, {}});
        owners.push_back(owner);
        skus[owner].insert(sku);
    }
    std::map<OwnerId, plan::Items> known;
    for (const auto& [owner, wanted] : skus) known[owner] = items(tx, site, owner, wanted);
    for (std::size_t i = 0; i < tasks.size(); ++i)
        if (const auto found = known[owners[i]].find(tasks[i].sku); found != known[owners[i]].end())
            tasks[i].codes = found->second.codes;
    return tasks;
}

std::vector<LocationCode> all_shelves(sqlite::Tx& tx, const SiteId& site) {
    std::vector<LocationCode> shelves;
    for (const auto& [code] :
         tx.rows<LocationCode>("SELECT code FROM location WHERE site = ? ORDER BY code", site))
        shelves.push_back(code);
    return shelves;
}

std::vector<BlockedShelf> blocked_shelves(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<BlockedShelf, OwnerId, Sku, LocationCode, Qty, Instant>(
        "SELECT b.owner, b.sku, b.location, (SELECT coalesce(sum(st.on_hand), 0) FROM stock st WHERE st.site "
        "= "
        "b.site AND st.owner = b.owner AND st.sku = b.sku AND st.location = b.location), b.since_ms FROM "
        "shelf_block b WHERE b.site = ? ORDER BY b.location, b.sku",
        site);
}

}  // namespace kenpin::store
