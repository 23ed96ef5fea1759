#include "server/app/floor_tasks.hpp"

#include <algorithm>
#include <variant>

#include "core/domain/barcode.hpp"
#include "server/app/intake.hpp"
#include "server/store/floor_tasks.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

web::PullOutView to_view(const store::LyingWaybill& row) {
    return {row.tracking, row.shipment, row.shop, row.carrier, row.destroyed_at != Instant{}};
}

}  // namespace

web::FloorTasks floor_tasks(sqlite::Tx& tx, const SiteId& site) {
    web::FloorTasks tasks;
    for (const auto& row : store::waybills_to_pull_out(tx, site)) tasks.pull_out.push_back(to_view(row));
    tasks.put_back = store::put_back_tasks(tx, site, std::nullopt);
    for (const auto& row : store::blocked_shelves(tx, site))
        tasks.blocked.push_back({row.sku, row.location, row.on_hand, row.since});
    return tasks;
}

Result<web::PullOutView> pull_out(const Deciding& deciding, const std::string& code, const std::string& by) {
    const auto& site = deciding.site.site;
    const auto scanned = domain::classify({code, {}}, domain::Expect::waybill);
    const auto* waybill = std::get_if<domain::WaybillCode>(&scanned);
    const auto row = waybill ? store::find_waybill(deciding.tx, site, waybill->number) : std::nullopt;
    if (!row) return Error{Error::Kind::not_found, "waybill"};
    if (row->state != "voided") return Error{Error::Kind::refused, "a living waybill"};
    if (row->destroyed_at == Instant{})
        deciding.decide(protocol::WaybillDestroyed{row->shipment, row->tracking, by});
    return to_view(*store::find_waybill(deciding.tx, site, waybill->number));
}

web::PutBackAnswer put_back(const Deciding& deciding, const plan::PutBackScan& scan, const std::string& by) {
    const auto& site = deciding.site.site;
    const auto verdict = plan::judge_put_back(scan, store::put_back_tasks(deciding.tx, site, scan.shipment),
                                              store::all_shelves(deciding.tx, site));
    if (const auto* refused = std::get_if<plan::PutBackRefused>(&verdict)) return {refused->reason, {}};
    const auto& back = std::get<plan::PutBack>(verdict);
    deciding.decide(protocol::GoodsPutBack{scan.shipment, back.sku, back.lot, back.location, back.qty, by});
    if (const auto row = store::shipment_row(deciding.tx, site, scan.shipment))
        allocate(deciding, row->owner);
    return {"", store::put_back_tasks(deciding.tx, site, scan.shipment)};
}

Outcome free_shelf(const Deciding& deciding, const web::ShelfOfItem& shelf, const std::string& by) {
    bool is_blocked = false;
    for (const auto& row : store::blocked_shelves(deciding.tx, deciding.site.site)) {
        if (row.sku != shelf.sku || row.location != shelf.location) continue;
        is_blocked = true;
        deciding.decide(protocol::ShelfFreed{row.owner, row.sku, row.location, by});
        allocate(deciding, row.owner);
    }
    if (!is_blocked) return Error{Error::Kind::not_found, "blocked shelf"};
    return Done{};
}

}  // namespace kenpin::app
