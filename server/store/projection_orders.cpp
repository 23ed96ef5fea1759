// Orders and shipments: what was taken in, what was planned, what holds it, which numbers it has.
#include <algorithm>

#include "server/plan/intake.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/projectors.hpp"

namespace kenpin::store {
namespace {

using domain::WaybillState;

void insert_order_lines(const Fold& f, const domain::Order& order) {
    for (const auto& line : order.lines)
        f.tx.run(
            "INSERT INTO order_line (site, owner, order_id, line, sku, qty, unit_price, tax_rate_percent, "
            "name, ship_to) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            f.site, order.owner, order.id, line.no, line.sku, line.qty, line.unit_price,
            line.tax_rate_percent, line.name, line.ship_to);
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

struct IntakeOf {
    const OwnerId& owner;
    const OrderId& order;
    const ShopId& shop;
    const std::string& number_in_shop;
    const std::string& detail;
    const std::string& received_file;
    const char* state;
};

void insert_intake(const Fold& f, const IntakeOf& of, const protocol::OrderJudged& judged) {
    f.tx.run(
        "INSERT INTO order_intake (site, owner, position, order_id, shop, number_in_shop, outcome, codes, "
        "handling, file, record, detail, records_hash, received_file, state, came_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        f.site, of.owner, f.stored.position, of.order, of.shop, of.number_in_shop, judged.outcome,
        joined(judged.codes), joined(judged.handling), judged.file, judged.record, of.detail,
        judged.records_hash, of.received_file, std::string(of.state), f.stored.server_time);
}

// What waited under this number was put right: it is here now. A conflicting copy goes on waiting.
void close_open_intake(const Fold& f, const OwnerId& owner, const OrderId& order) {
    f.tx.run(
        "UPDATE order_intake SET state = 'closed' WHERE site = ? AND owner = ? AND order_id = ? AND state = "
        "'open' AND ' ' || codes || ' ' NOT LIKE '% E-DUP-CONFLICT %'",
        f.site, owner, order);
}

void insert_shipment(const Fold& f, const protocol::ShipmentPlanned& e, Instant ordered_at) {
    f.tx.run(
        "INSERT INTO shipment (site, owner, shipment, shop, ship_to, carrier, service, way, covers, "
        "ship_day, "
        "ship_day_reason, pieces, buyer_text, ordered_ms, work, waybill, stock, list, slot, tote, bench, "
        "planned_ms, "
        "verified_ms, shipped_ms, version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, '', '', ?, 0, 0, 1)",
        f.site, e.owner, e.shipment, e.shop, e.ship_to, e.carrier, e.service, e.way, e.covers, e.ship_day,
        e.ship_day_reason, e.pieces, e.buyer_text, ordered_at, domain::WorkState::waiting, WaybillState::none,
        e.stock, f.at());
}

void insert_parts(const Fold& f, const protocol::ShipmentPlanned& e) {
    for (const auto& order : e.orders)
        f.tx.run("INSERT INTO shipment_order (site, owner, shipment, order_id) VALUES (?, ?, ?, ?)", f.site,
                 e.owner, e.shipment, order);
    for (const auto& line : e.lines)
        f.tx.run(
            "INSERT INTO shipment_line (site, owner, shipment, line, order_id, order_line, sku, qty, "
            "reserved, shelved, "
            "taken, verified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)",
            f.site, e.owner, e.shipment, line.no, line.order, line.order_line, line.sku, line.qty);
    for (int piece = 1; piece <= e.pieces; ++piece)
        f.tx.run(
            "INSERT INTO piece (site, owner, shipment, piece, tracking, state, closed, closed_ms, closed_by) "
            "VALUES (?, ?, ?, ?, NULL, ?, 0, 0, '')",
            f.site, e.owner, e.shipment, piece, WaybillState::none);
}

Instant oldest_order(const Fold& f, const protocol::ShipmentPlanned& e) {
    Instant oldest = f.at();
    for (const auto& order : e.orders)
        oldest = std::min(
            oldest, f.tx.value<Instant>(
                            "SELECT ordered_ms FROM order_head WHERE site = ? AND owner = ? AND order_id = ?",
                            f.site, e.owner, order)
                        .value_or(oldest));
    return oldest;
}

void count_number(const Fold& f, const char* name) {
    f.tx.run(
        "INSERT INTO running_number (site, name, used) VALUES (?, ?, 1) "
        "ON CONFLICT (site, name) DO UPDATE SET used = running_number.used + 1",
        f.site, name);
}

void touch(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    f.tx.run("UPDATE shipment SET version = version + 1 WHERE site = ? AND owner = ? AND shipment = ?",
             f.site, owner, shipment);
}

// Its picker must hear of it.
void touch_list_of(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    f.tx.run(
        "UPDATE pick_list SET version = version + 1 WHERE site = ? AND owner = ? AND list IN (SELECT list "
        "FROM list_slot WHERE site = ? AND owner = ? AND shipment = ?)",
        f.site, owner, f.site, owner, shipment);
}

// A number belongs to one shipment for ever.
bool is_taken_by_another(const Fold& f, const protocol::WaybillIssued& e) {
    const auto holder = f.tx.value<ShipmentId>("SELECT shipment FROM waybill WHERE site = ? AND tracking = ?",
                                               f.site, e.tracking);
    return holder && *holder != e.shipment;
}

void void_replaced(const Fold& f, const OwnerId& owner, const protocol::WaybillIssued& e) {
    f.tx.run(
        "UPDATE waybill SET state = 'voided' WHERE site = ? AND tracking <> ? AND tracking IN "
        "(SELECT tracking FROM piece WHERE site = ? AND owner = ? AND shipment = ? AND piece = ?)",
        f.site, e.tracking, f.site, owner, e.shipment, e.piece);
}

// The shipment's waybill state follows its pieces: issued when each has a number, matched when each is
// closed.
void renew_waybill_state(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    f.tx.run(
        "UPDATE shipment SET waybill = ? WHERE site = ? AND owner = ? AND shipment = ? AND NOT EXISTS "
        "(SELECT 1 FROM piece WHERE site = ? AND owner = ? AND shipment = ? AND state <> ?)",
        WaybillState::issued, f.site, owner, shipment, f.site, owner, shipment, WaybillState::issued);
}

}  // namespace

std::optional<OwnerId> owner_of(const Fold& f, const ShipmentId& shipment) {
    return f.tx.value<OwnerId>("SELECT owner FROM shipment WHERE site = ? AND shipment = ?", f.site,
                               shipment);
}

Effect fold(const Fold& f, const protocol::OrderReceived& e) {
    const auto& order = e.order;
    const auto inserted = f.tx.run(
        "INSERT INTO order_head (site, owner, order_id, shop, number_in_shop, ordered_ms, wished_day, "
        "wished_slot, "
        "is_gift, shipping, fee, discount, total, buyer_text, content_hash, received_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        f.site, order.owner, order.id, order.shop, order.number_in_shop, order.ordered_at, order.wished_day,
        order.wished_slot, order.is_gift, order.shipping, order.fee, order.discount, order.total,
        order.buyer_text, order.content_hash, f.stored.server_time);
    if (inserted == 0) return no_effect("order_known");
    insert_order_lines(f, order);
    close_open_intake(f, order.owner, order.id);
    if (e.judged)
        insert_intake(f, {order.owner, order.id, order.shop, order.number_in_shop, "", "", "taken"},
                      *e.judged);
    return applied();
}

Effect fold(const Fold& f, const protocol::OrderRefused& e) {
    f.tx.run(
        "INSERT INTO order_refused (site, owner, position, shop, number_in_shop, reason, detail, "
        "received_file) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        f.site, e.owner, f.stored.position, e.shop, e.number_in_shop, e.reason, e.detail, e.received_file);
    if (!e.judged) return applied();
    const auto id = e.number_in_shop.empty() ? OrderId{} : plan::order_id(e.shop, e.number_in_shop);
    insert_intake(f, {e.owner, id, e.shop, e.number_in_shop, e.detail, e.received_file, "open"}, *e.judged);
    return applied();
}

// The order that stood makes room: its shipments were cancelled before, and what is said anew follows.
void withdraw_order(const Fold& f, const OwnerId& owner, const OrderId& order) {
    for (const auto* table : {"order_line", "order_head"})
        f.tx.run("DELETE FROM " + std::string(table) + " WHERE site = ? AND owner = ? AND order_id = ?",
                 f.site, owner, order);
    f.tx.run(
        "UPDATE order_intake SET state = 'replaced' WHERE site = ? AND owner = ? AND order_id = ? AND state "
        "= "
        "'taken'",
        f.site, owner, order);
}

// Looking at a record or releasing its order's hold leaves it as it is; every other decision settles it.
Effect fold(const Fold& f, const protocol::IntakeDecided& e) {
    if (e.decision == "opened") return applied();
    if (e.decision == "released") {
        f.tx.run("UPDATE order_intake SET released = 1 WHERE site = ? AND position = ?", f.site,
                 intake_position(e.record));
        return applied();
    }
    const auto standing =
        f.tx.row<OwnerId, OrderId>("SELECT owner, order_id FROM order_intake WHERE site = ? AND position = ?",
                                   f.site, intake_position(e.record));
    if (e.decision == "replaced" && standing)
        withdraw_order(f, std::get<0>(*standing), std::get<1>(*standing));
    // Judged again is decided by nobody: the same records may still be taken.
    const std::string state = e.decision == "judged" ? "superseded" : "closed";
    const auto closed =
        f.tx.run("UPDATE order_intake SET state = ? WHERE site = ? AND state = 'open' AND position = ?",
                 state, f.site, intake_position(e.record));
    return closed == 0 ? no_effect("record_not_open") : applied();
}

Effect fold(const Fold& f, const protocol::ShipmentPlanned& e) {
    if (owner_of(f, e.shipment)) return no_effect("shipment_known");
    insert_shipment(f, e, oldest_order(f, e));
    insert_parts(f, e);
    count_number(f, "shipment");
    return applied();
}

Effect fold(const Fold& f, const protocol::ShipmentHeld& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    f.tx.run(
        "INSERT INTO hold (site, owner, shipment, reason, since_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO "
        "NOTHING",
        f.site, *owner, e.shipment, e.reason, f.at());
    touch(f, *owner, e.shipment);
    if (e.reason == domain::HoldReason::cancel_requested) touch_list_of(f, *owner, e.shipment);
    return applied();
}

Effect fold(const Fold& f, const protocol::ShipmentReleased& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    f.tx.run("DELETE FROM hold WHERE site = ? AND owner = ? AND shipment = ? AND reason = ?", f.site, *owner,
             e.shipment, e.reason);
    touch(f, *owner, e.shipment);
    // Nothing holds its order any more: in the list of what came in it is like any other that was taken.
    f.tx.run(
        "UPDATE order_intake SET outcome = 'accept' WHERE site = ? AND owner = ? AND state = 'taken' AND "
        "outcome = 'hold' AND order_id IN (SELECT order_id FROM shipment_order WHERE site = ? AND owner = ? "
        "AND shipment = ?) AND NOT EXISTS (SELECT 1 FROM shipment_order o JOIN hold h ON h.site = o.site AND "
        "h.owner = o.owner AND h.shipment = o.shipment WHERE o.site = order_intake.site AND o.owner = "
        "order_intake.owner AND o.order_id = order_intake.order_id)",
        f.site, *owner, f.site, *owner, e.shipment);
    return applied();
}

Effect fold(const Fold& f, const protocol::CancelAsked& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    f.tx.run(
        "INSERT INTO cancel_request (site, owner, shipment, answer, asked_ms, asked_by) VALUES (?, ?, ?, ?, "
        "?, ?) ON CONFLICT (site, owner, shipment) DO UPDATE SET answer = excluded.answer, asked_ms = "
        "excluded.asked_ms, asked_by = excluded.asked_by",
        f.site, *owner, e.shipment, e.answer, f.at(), e.by);
    return applied();
}

Effect fold(const Fold& f, const protocol::ChangeAsked& e) {
    const auto owner =
        f.tx.value<OwnerId>("SELECT owner FROM order_head WHERE site = ? AND order_id = ?", f.site, e.order);
    if (!owner) return no_effect("unknown_order");
    if (e.answer != "too_late") withdraw_order(f, *owner, e.order);
    return applied();
}

// Its labels must not be stuck on any more; those that lie on the floor are pulled out.
void void_waybills(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    f.tx.run(
        "UPDATE waybill SET state = 'voided' WHERE site = ? AND owner = ? AND shipment = ? AND state = "
        "'live'",
        f.site, owner, shipment);
    f.tx.run(
        "UPDATE piece SET state = ? WHERE site = ? AND owner = ? AND shipment = ? AND tracking IS NOT NULL",
        WaybillState::voided, f.site, owner, shipment);
    f.tx.run("UPDATE shipment SET waybill = ? WHERE site = ? AND owner = ? AND shipment = ? AND waybill <> ?",
             WaybillState::voided, f.site, owner, shipment, WaybillState::none);
}

Effect fold(const Fold& f, const protocol::ShipmentCancelled& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    const auto work = f.tx.value<domain::WorkState>(
        "SELECT work FROM shipment WHERE site = ? AND owner = ? AND shipment = ?", f.site, *owner,
        e.shipment);
    if (!work || !domain::may_become(*work, domain::WorkState::cancelled)) return no_effect("too_late");
    f.tx.run(
        "UPDATE shipment SET work = ?, version = version + 1 WHERE site = ? AND owner = ? AND shipment = ?",
        domain::WorkState::cancelled, f.site, *owner, e.shipment);
    f.tx.run("DELETE FROM hold WHERE site = ? AND owner = ? AND shipment = ? AND reason IN (?, ?)", f.site,
             *owner, e.shipment, domain::HoldReason::cancel_requested, domain::HoldReason::shortage);
    release_stock(f, *owner, e.shipment);
    owe_put_back(f, *owner, e.shipment);
    void_waybills(f, *owner, e.shipment);
    touch_list_of(f, *owner, e.shipment);
    return applied();
}

Effect fold(const Fold& f, const protocol::WaybillIssued& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    if (is_taken_by_another(f, e)) return no_effect("number_of_another_shipment");
    void_replaced(f, *owner, e);
    f.tx.run(
        "INSERT INTO waybill (site, tracking, owner, shipment, way, state) VALUES (?, ?, ?, ?, ?, 'live') "
        "ON CONFLICT (site, tracking) DO NOTHING",
        f.site, e.tracking, *owner, e.shipment, e.way);
    const auto changed = f.tx.run(
        "UPDATE piece SET tracking = ?, state = ? WHERE site = ? AND owner = ? AND shipment = ? AND piece = "
        "? AND "
        "closed = 0",
        e.tracking, WaybillState::issued, f.site, *owner, e.shipment, e.piece);
    if (changed == 0) return no_effect("no_open_piece");
    renew_waybill_state(f, *owner, e.shipment);
    touch(f, *owner, e.shipment);
    return applied();
}

Effect fold(const Fold& f, const protocol::WaybillDestroyed& e) {
    const auto changed = f.tx.run(
        "UPDATE waybill SET destroyed_ms = ? WHERE site = ? AND tracking = ? AND shipment = ? AND state = "
        "'voided' AND destroyed_ms = 0",
        f.at(), f.site, e.tracking, e.shipment);
    return changed == 0 ? no_effect("not_to_pull_out") : applied();
}

}  // namespace kenpin::store
