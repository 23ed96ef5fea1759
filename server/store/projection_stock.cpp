// Goods: every piece is in one of four places, and every movement between them is one row of stock_movement.
//
//   outside ──received──> shelf:A-01 ──picked──> shipment:S1 ──shipped──> gone
//                             └──────written off──────> outside
//
// stock_total keeps the sums for each item; received - written_off = on_hand + in_work + shipped at every
// moment.
#include <algorithm>

#include "server/store/projectors.hpp"

namespace kenpin::store {
namespace {

struct Movement {
    Sku sku;
    LotNo lot;
    std::string from, to;
    Qty qty;
    std::string reason;
};

void note_movement(const Fold& f, const OwnerId& owner, const Movement& m) {
    f.tx.run(
        "INSERT INTO stock_movement (site, owner, position, no, sku, lot, from_place, to_place, qty, reason) "
        "SELECT ?, ?, ?, COALESCE(MAX(no), 0) + 1, ?, ?, ?, ?, ?, ? FROM stock_movement WHERE site = ? AND "
        "owner = ? AND position = ?",
        f.site, owner, f.stored.position, m.sku, m.lot, m.from, m.to, m.qty, m.reason, f.site, owner,
        f.stored.position);
}

void ensure_total(const Fold& f, const OwnerId& owner, const Sku& sku) {
    f.tx.run(
        "INSERT INTO stock_total (site, owner, sku, received, written_off, on_hand, in_work, shipped, "
        "reserved) "
        "VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
        f.site, owner, sku);
}

std::string shelf(const LocationCode& location) {
    return "shelf:" + location.value;
}
std::string box_of(const ShipmentId& shipment) {
    return "shipment:" + shipment.value;
}

void receive(const Fold& f, const protocol::StockReceived& e, const protocol::StockRow& row) {
    ensure_total(f, e.owner, row.sku);
    const int in = std::max(row.qty.value, 0);
    const int out = std::max(-row.qty.value, 0);
    f.tx.run(
        "UPDATE stock_total SET received = received + ?, written_off = written_off + ?, on_hand = on_hand + "
        "? "
        "WHERE site = ? AND owner = ? AND sku = ?",
        in, out, row.qty, f.site, e.owner, row.sku);
    // Goods without a lot number that lie together keep the earlier expiry: it is the one to fear.
    f.tx.run(
        "INSERT INTO stock (site, owner, sku, location, lot, expiry, on_hand, shelved) VALUES (?, ?, ?, ?, "
        "?, ?, ?, 0) "
        "ON CONFLICT (site, owner, sku, location, lot) DO UPDATE SET on_hand = stock.on_hand + "
        "excluded.on_hand, "
        "expiry = CASE WHEN stock.expiry IS NULL OR excluded.expiry < stock.expiry THEN excluded.expiry "
        "ELSE stock.expiry END",
        f.site, e.owner, row.sku, row.location, row.lot, row.expiry, row.qty);
    const bool comes = row.qty.value >= 0;
    note_movement(f, e.owner,
                  {row.sku, row.lot, comes ? "outside" : shelf(row.location),
                   comes ? shelf(row.location) : "outside", Qty{in + out}, e.reason});
}

// More than lies there cannot leave a shelf.
bool goes_below_zero(const Fold& f, const OwnerId& owner, const protocol::StockRow& row) {
    const auto there = f.tx.value<int>(
        "SELECT on_hand - shelved FROM stock WHERE site = ? AND owner = ? AND sku = ? AND location = ? AND "
        "lot = ?",
        f.site, owner, row.sku, row.location, row.lot);
    return row.qty.value < 0 && there.value_or(0) + row.qty.value < 0;
}

struct Shelved {
    ListId list;
    LineNo list_line;
    Sku sku;
    LocationCode location;
    LotNo lot;
    int left;
};

std::vector<Shelved> chosen_shelves(const Fold& f, const OwnerId& owner, const ShipmentId& shipment,
                                    LineNo line) {
    return f.tx.structs<Shelved, ListId, LineNo, Sku, LocationCode, LotNo, int>(
        "SELECT list, list_line, sku, location, lot, left_to_take FROM shelf_allocation WHERE site = ? AND "
        "owner = ? AND "
        "shipment = ? AND line = ? AND left_to_take > 0 ORDER BY list, list_line",
        f.site, owner, shipment, line);
}

void take(const Fold& f, const OwnerId& owner, const ShipmentId& shipment, LineNo line, const Shelved& from,
          Qty units) {
    f.tx.run(
        "UPDATE shelf_allocation SET left_to_take = left_to_take - ? WHERE site = ? AND owner = ? AND "
        "shipment = ? AND "
        "line = ? AND list = ? AND list_line = ?",
        units, f.site, owner, shipment, line, from.list, from.list_line);
    f.tx.run(
        "UPDATE stock SET on_hand = on_hand - ?, shelved = shelved - ? WHERE site = ? AND owner = ? AND sku "
        "= ? AND "
        "location = ? AND lot = ?",
        units, units, f.site, owner, from.sku, from.location, from.lot);
    f.tx.run(
        "UPDATE stock_total SET on_hand = on_hand - ?, in_work = in_work + ?, reserved = reserved - ? "
        "WHERE site = ? AND owner = ? AND sku = ?",
        units, units, units, f.site, owner, from.sku);
    f.tx.run(
        "UPDATE shipment_line SET taken = taken + ? WHERE site = ? AND owner = ? AND shipment = ? AND line = "
        "?",
        units, f.site, owner, shipment, line);
    note_movement(f, owner, {from.sku, from.lot, shelf(from.location), box_of(shipment), units, "pick"});
}

}  // namespace

Qty take_from_shelf(const Fold& f, const OwnerId& owner, const ShipmentId& shipment, LineNo line,
                    const std::optional<ListLine>& list_line, Qty units) {
    int left = units.value;
    for (const auto& shelved : chosen_shelves(f, owner, shipment, line)) {
        if (left == 0) break;
        if (list_line && (shelved.list != list_line->list || shelved.list_line != list_line->no)) continue;
        const int now = std::min(left, shelved.left);
        take(f, owner, shipment, line, shelved, Qty{now});
        left -= now;
    }
    return Qty{units.value - left};
}

namespace {

struct OfLine {
    const OwnerId& owner;
    const ShipmentId& shipment;
    LineNo line;
};

// Neither a shelf nor a quantity is promised for these any more.
void take_promise_back(const Fold& f, const OfLine& of, const Shelved& from, Qty units) {
    f.tx.run(
        "UPDATE shelf_allocation SET left_to_take = left_to_take - ? WHERE site = ? AND owner = ? AND "
        "shipment = ? AND line = ? AND list = ? AND list_line = ?",
        units, f.site, of.owner, of.shipment, of.line, from.list, from.list_line);
    f.tx.run(
        "UPDATE stock SET shelved = shelved - ? WHERE site = ? AND owner = ? AND sku = ? AND location = ? "
        "AND "
        "lot = ?",
        units, f.site, of.owner, from.sku, from.location, from.lot);
    f.tx.run("UPDATE stock_total SET reserved = reserved - ? WHERE site = ? AND owner = ? AND sku = ?", units,
             f.site, of.owner, from.sku);
    f.tx.run(
        "UPDATE shipment_line SET reserved = reserved - ?, shelved = shelved - ? WHERE site = ? AND owner = "
        "? "
        "AND shipment = ? AND line = ?",
        units, units, f.site, of.owner, of.shipment, of.line);
}

}  // namespace

void block_shelf(const Fold& f, const OwnerId& owner, const protocol::ShortageFound& e, LineNo line) {
    for (const auto& shelved : chosen_shelves(f, owner, e.shipment, line)) {
        if (shelved.list != e.list || shelved.list_line != e.line) continue;
        take_promise_back(f, {owner, e.shipment, line}, shelved,
                          Qty{std::min(e.missing.value, shelved.left)});
    }
    // Also where nothing is promised any more, for the shipment was cancelled meanwhile: nobody found it
    // there.
    f.tx.run(
        "INSERT INTO shelf_block (site, owner, sku, location, since_ms) VALUES (?, ?, ?, ?, ?) ON "
        "CONFLICT DO NOTHING",
        f.site, owner, e.sku, e.location, f.at());
    f.tx.run("UPDATE shipment SET stock = ? WHERE site = ? AND owner = ? AND shipment = ? AND stock = ?",
             domain::StockState::partial, f.site, owner, e.shipment, domain::StockState::allocated);
}

void owe_put_back(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    f.tx.run(
        "INSERT INTO put_back (site, owner, shipment, sku, lot, location, left_to_put, since_ms) SELECT "
        "site, "
        "owner, shipment, sku, lot, location, sum(in_hand + in_slot), CAST(? AS BIGINT) FROM pick_line WHERE "
        "site = ? AND owner = ? AND shipment = ? AND location <> '' GROUP BY site, owner, shipment, sku, "
        "lot, "
        "location HAVING sum(in_hand + in_slot) > 0",
        f.at(), f.site, owner, shipment);
}

void release_stock(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    for (const auto& [line, sku, location, lot, left] : f.tx.rows<LineNo, Sku, LocationCode, LotNo, Qty>(
             "SELECT line, sku, location, lot, left_to_take FROM shelf_allocation WHERE site = ? AND owner = "
             "? "
             "AND shipment = ? AND left_to_take > 0 ORDER BY line, list, list_line",
             f.site, owner, shipment)) {
        f.tx.run(
            "UPDATE stock SET shelved = shelved - ? WHERE site = ? AND owner = ? AND sku = ? AND location = "
            "? "
            "AND lot = ?",
            left, f.site, owner, sku, location, lot);
        f.tx.run(
            "UPDATE shipment_line SET shelved = shelved - ? WHERE site = ? AND owner = ? AND shipment = ? "
            "AND "
            "line = ?",
            left, f.site, owner, shipment, line);
    }
    f.tx.run("UPDATE shelf_allocation SET left_to_take = 0 WHERE site = ? AND owner = ? AND shipment = ?",
             f.site, owner, shipment);
    for (const auto& [sku, promised] :
         f.tx.rows<Sku, Qty>("SELECT sku, sum(reserved - taken) FROM shipment_line WHERE site = ? AND owner "
                             "= ? AND shipment = "
                             "? AND reserved > taken GROUP BY sku ORDER BY sku",
                             f.site, owner, shipment))
        f.tx.run("UPDATE stock_total SET reserved = reserved - ? WHERE site = ? AND owner = ? AND sku = ?",
                 promised, f.site, owner, sku);
    f.tx.run(
        "UPDATE shipment_line SET reserved = taken WHERE site = ? AND owner = ? AND shipment = ? AND "
        "reserved > "
        "taken",
        f.site, owner, shipment);
}

void ship_goods(const Fold& f, const OwnerId& owner, const ShipmentId& shipment) {
    const auto taken = f.tx.rows<Sku, Qty>(
        "SELECT sku, sum(taken) FROM shipment_line WHERE site = ? AND owner = ? AND shipment = ? AND taken > "
        "0 "
        "GROUP BY sku ORDER BY sku",
        f.site, owner, shipment);
    for (const auto& [sku, qty] : taken) {
        f.tx.run(
            "UPDATE stock_total SET in_work = in_work - ?, shipped = shipped + ? WHERE site = ? AND owner = "
            "? AND sku = ?",
            qty, qty, f.site, owner, sku);
        note_movement(f, owner, {sku, LotNo{}, box_of(shipment), "gone", qty, "ship"});
    }
}

Effect fold(const Fold& f, const protocol::StockReceived& e) {
    for (const auto& row : e.rows)
        if (goes_below_zero(f, e.owner, row)) return no_effect("below_zero");
    for (const auto& row : e.rows) receive(f, e, row);
    return applied();
}

Effect fold(const Fold& f, const protocol::ShelfFreed& e) {
    const auto freed =
        f.tx.run("DELETE FROM shelf_block WHERE site = ? AND owner = ? AND sku = ? AND location = ?", f.site,
                 e.owner, e.sku, e.location);
    return freed == 0 ? no_effect("shelf_not_blocked") : applied();
}

namespace {

struct Owed {
    LocationCode from;
    int left;
};

std::vector<Owed> owed(const Fold& f, const OwnerId& owner, const protocol::GoodsPutBack& e) {
    return f.tx.structs<Owed, LocationCode, int>(
        "SELECT location, left_to_put FROM put_back WHERE site = ? AND owner = ? AND shipment = ? AND sku = "
        "? "
        "AND lot = ? AND left_to_put > 0 ORDER BY CASE WHEN location = ? THEN 0 ELSE 1 END, location",
        f.site, owner, e.shipment, e.sku, e.lot, e.location);
}

void settle_owed(const Fold& f, const OwnerId& owner, const protocol::GoodsPutBack& e) {
    int left = e.qty.value;
    for (const auto& one : owed(f, owner, e)) {
        const int now = std::min(left, one.left);
        f.tx.run(
            "UPDATE put_back SET left_to_put = left_to_put - ? WHERE site = ? AND owner = ? AND shipment = ? "
            "AND sku = ? AND lot = ? AND location = ?",
            now, f.site, owner, e.shipment, e.sku, e.lot, one.from);
        left -= now;
    }
}

// From the shipment's lines in their order; what is no longer with it cannot leave with it.
void take_from_lines(const Fold& f, const OwnerId& owner, const protocol::GoodsPutBack& e) {
    int left = e.qty.value;
    for (const auto& [line, taken] :
         f.tx.rows<LineNo, int>("SELECT line, taken FROM shipment_line WHERE site = ? AND owner = ? AND "
                                "shipment = ? AND sku = ? "
                                "AND taken > 0 ORDER BY line",
                                f.site, owner, e.shipment, e.sku)) {
        const int now = std::min(left, taken);
        f.tx.run(
            "UPDATE shipment_line SET taken = taken - ?, reserved = reserved - ?, shelved = shelved - ? "
            "WHERE "
            "site = ? AND owner = ? AND shipment = ? AND line = ?",
            now, now, now, f.site, owner, e.shipment, line);
        left -= now;
    }
}

}  // namespace

Effect fold(const Fold& f, const protocol::GoodsPutBack& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    int left = 0;
    for (const auto& one : owed(f, *owner, e)) left += one.left;
    if (e.qty < Qty{1} || e.qty.value > left) return no_effect("not_to_put_back");
    settle_owed(f, *owner, e);
    take_from_lines(f, *owner, e);
    f.tx.run(
        "UPDATE stock_total SET in_work = in_work - ?, on_hand = on_hand + ? WHERE site = ? AND owner = ? "
        "AND "
        "sku = ?",
        e.qty, e.qty, f.site, *owner, e.sku);
    // With the expiry of its lot, where that is known of another shelf.
    f.tx.run(
        "INSERT INTO stock (site, owner, sku, location, lot, expiry, on_hand, shelved) SELECT CAST(? AS "
        "TEXT), "
        "CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), (SELECT min(expiry) FROM stock "
        "WHERE site = ? AND owner = ? AND sku = ? AND lot = ?), CAST(? AS BIGINT), 0 WHERE 1 = 1 ON CONFLICT "
        "(site, "
        "owner, "
        "sku, location, lot) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand",
        f.site, *owner, e.sku, e.location, e.lot, f.site, *owner, e.sku, e.lot, e.qty);
    note_movement(f, *owner, {e.sku, e.lot, box_of(e.shipment), shelf(e.location), e.qty, "put_back"});
    return applied();
}

Effect fold(const Fold& f, const protocol::StockAllocated& e) {
    const auto owner = owner_of(f, e.shipment);
    if (!owner) return no_effect("unknown_shipment");
    for (const auto& line : e.lines) {
        ensure_total(f, *owner, line.sku);
        const auto before = f.tx.value<int>(
            "SELECT reserved FROM shipment_line WHERE site = ? AND owner = ? AND shipment = ? AND line = ?",
            f.site, *owner, e.shipment, line.line);
        if (!before) continue;
        f.tx.run("UPDATE stock_total SET reserved = reserved + ? WHERE site = ? AND owner = ? AND sku = ?",
                 line.qty.value - *before, f.site, *owner, line.sku);
        f.tx.run(
            "UPDATE shipment_line SET reserved = ? WHERE site = ? AND owner = ? AND shipment = ? AND line = "
            "?",
            line.qty, f.site, *owner, e.shipment, line.line);
    }
    f.tx.run("UPDATE shipment SET stock = ? WHERE site = ? AND owner = ? AND shipment = ?", e.stock, f.site,
             *owner, e.shipment);
    return applied();
}

}  // namespace kenpin::store
