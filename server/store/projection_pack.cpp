// The bench: goods verified, papers printed, pieces closed; then shipping and the report to the shop.
// Devices' events arrive here judged (projection.cpp); whether a shipment may leave is asked of core/domain
// here.
#include "core/domain/close_piece.hpp"
#include "server/store/document_rows.hpp"
#include "server/store/projectors.hpp"

namespace kenpin::store {
namespace {

using domain::WaybillState;
using domain::WorkState;

WorkState work_of(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    return f.tx
        .value<WorkState>("SELECT work FROM shipment WHERE site = ? AND owner = ? AND shipment = ?", f.site,
                          owner, shipment)
        .value_or(WorkState::cancelled);
}

void mark_verified(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    f.tx.run(
        "UPDATE shipment SET work = ?, verified_ms = ? WHERE site = ? AND owner = ? AND shipment = ? AND NOT "
        "EXISTS "
        "(SELECT 1 FROM shipment_line WHERE site = ? AND owner = ? AND shipment = ? AND verified < qty)",
        WorkState::verified, f.at(), f.site, owner, shipment, f.site, owner, shipment);
}

void close(const Fold& f, const OwnerId& owner, const ShipmentId& shipment, PieceNo piece) {
    f.tx.run(
        "UPDATE piece SET closed = 1, state = ?, closed_ms = ?, closed_by = ? WHERE site = ? AND owner = ? "
        "AND "
        "shipment = ? AND piece = ?",
        WaybillState::matched, f.at(), f.device(), f.site, owner, shipment, piece);
    f.tx.run(
        "UPDATE shipment SET waybill = ? WHERE site = ? AND owner = ? AND shipment = ? AND NOT EXISTS "
        "(SELECT 1 FROM piece WHERE site = ? AND owner = ? AND shipment = ? AND closed = 0)",
        WaybillState::matched, f.site, owner, shipment, f.site, owner, shipment);
    count_hour(f, {.pieces_closed = 1});
}

// Where picking was not scanned, goods leave their shelf when the parcel leaves.
void take_the_rest(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    for (const auto& [line, missing] :
         f.tx.rows<LineNo, Qty>("SELECT line, qty - taken FROM shipment_line WHERE site = ? AND owner = ? "
                                "AND shipment = ? AND taken < qty "
                                "ORDER BY line",
                                f.site, owner, shipment))
        take_from_shelf(f, owner, shipment, line, std::nullopt, missing);
}

void owe_report(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    f.tx.run(
        "INSERT INTO report (site, owner, shipment, shop, state, attempts, next_try_ms, reason, accepted_ms) "
        "SELECT site, owner, shipment, shop, 'due', 0, ?, '', 0 FROM shipment "
        "WHERE site = ? AND owner = ? AND shipment = ?",
        f.at(), f.site, owner, shipment);
}

}  // namespace

Effect fold(const Fold& f, const protocol::PackOpened& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    f.tx.run("UPDATE shipment SET bench = ? WHERE site = ? AND owner = ? AND shipment = ?", f.device(),
             f.site, *owner, e.shipment);
    return applied();
}

Effect fold(const Fold& f, const protocol::GoodsVerified& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    if (!domain::may_become(work_of(f, *owner, e.shipment), WorkState::verified)) return no_effect("stopped");
    f.tx.run(
        "UPDATE shipment_line SET verified = verified + ? WHERE site = ? AND owner = ? AND shipment = ? AND "
        "line = ?",
        e.units, f.site, *owner, e.shipment, e.line);
    mark_verified(f, *owner, e.shipment);
    count_hour(f, {.verified_units = e.units.value});
    return applied();
}

Effect fold(const Fold& f, const protocol::PaperPrinted& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    f.tx.run(
        "INSERT INTO paper (site, owner, shipment, piece, paper, copy, state, printer, reason, changed_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, owner, shipment, piece, paper, copy) "
        "DO UPDATE SET state = excluded.state, printer = excluded.printer, reason = excluded.reason, "
        "changed_ms = excluded.changed_ms",
        f.site, *owner, e.shipment, e.piece, e.paper, e.copy, e.state, e.printer, e.reason, f.at());
    return applied();
}

Effect fold(const Fold& f, const protocol::PieceClosed& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    close(f, *owner, e.shipment, e.piece);
    return applied();
}

Effect fold(const Fold& f, const protocol::ShipmentShipped& e) {
    const auto owner = owner_of(f, e.shipment);
    const auto rows = pack_rows(f.tx, f.site, e.shipment);
    if (!owner || !rows) return no_effect("unknown_shipment");
    const bool may_leave = domain::may_ship(plan::pack_task(*rows, {})) &&
                           domain::may_become(rows->states.work, WorkState::shipped);
    if (!may_leave) return no_effect("not_ready_to_ship");
    f.tx.run(
        "UPDATE shipment SET work = ?, shipped_ms = ?, tote = '' WHERE site = ? AND owner = ? AND shipment = "
        "?",
        WorkState::shipped, f.at(), f.site, *owner, e.shipment);
    take_the_rest(f, *owner, e.shipment);
    ship_goods(f, *owner, e.shipment);
    owe_report(f, *owner, e.shipment);
    count_hour(f, {.shipments_shipped = 1});
    return applied();
}

Effect fold(const Fold& f, const protocol::ReportAccepted& e) {
    const auto changed = f.tx.run(
        "UPDATE report SET state = 'accepted', attempts = ?, accepted_ms = ?, reason = '' WHERE site = ? AND "
        "shipment = ? AND state = 'due'",
        e.attempts, f.at(), f.site, e.shipment);
    return changed == 0 ? no_effect("no_report_due") : applied();
}

Effect fold(const Fold& f, const protocol::ReportLeft& e) {
    const auto changed = f.tx.run(
        "UPDATE report SET state = 'left', reason = ? WHERE site = ? AND shipment = ? AND state = 'due'",
        e.to, f.site, e.shipment);
    return changed == 0 ? no_effect("no_report_due") : applied();
}

Effect fold(const Fold& f, const protocol::ReportFailed& e) {
    const auto changed = f.tx.run(
        "UPDATE report SET attempts = ?, next_try_ms = ?, reason = ? WHERE site = ? AND shipment = ? AND "
        "state = 'due'",
        e.attempts, e.next_try, e.reason, f.site, e.shipment);
    return changed == 0 ? no_effect("no_report_due") : applied();
}

}  // namespace kenpin::store
