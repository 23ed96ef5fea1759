// Picking lists: started, leased, walked. A list is in one device's hands at a time; what another device
// reports about it afterwards has no effect.
//
//   pick_list.state   started ──> open ──> finished
//                                 │ ^
//                        revoked <┘ └ leased anew      (nobody has it: what comes late has no effect)
#include "server/store/projectors.hpp"

namespace kenpin::store {
namespace {

using domain::WorkState;

void insert_slot(const Fold& f, const protocol::ListStarted& e, const protocol::StartedSlot& slot) {
    f.tx.run("INSERT INTO list_slot (site, owner, list, slot, shipment, tote) VALUES (?, ?, ?, ?, ?, '')",
             f.site, e.owner, e.list, slot.slot, slot.shipment);
    f.tx.run(
        "UPDATE shipment SET work = ?, list = ?, slot = ?, bench = ?, version = version + 1 "
        "WHERE site = ? AND owner = ? AND shipment = ? AND work = ?",
        WorkState::in_work, e.list, slot.slot, e.bench, f.site, e.owner, slot.shipment, WorkState::waiting);
}

void choose_shelf(const Fold& f, const protocol::ListStarted& e, const protocol::StartedLine& line) {
    f.tx.run(
        "INSERT INTO shelf_allocation (site, owner, shipment, line, list, list_line, sku, location, lot, "
        "left_to_take) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        f.site, e.owner, line.shipment, line.shipment_line, e.list, line.no, line.sku, line.location,
        line.lot, line.qty);
    f.tx.run(
        "UPDATE stock SET shelved = shelved + ? WHERE site = ? AND owner = ? AND sku = ? AND location = ? "
        "AND lot = ?",
        line.qty, f.site, e.owner, line.sku, line.location, line.lot);
    f.tx.run(
        "UPDATE shipment_line SET shelved = shelved + ? WHERE site = ? AND owner = ? AND shipment = ? AND "
        "line = ?",
        line.qty, f.site, e.owner, line.shipment, line.shipment_line);
}

void insert_line(const Fold& f, const protocol::ListStarted& e, const protocol::StartedLine& line) {
    f.tx.run(
        "INSERT INTO pick_line (site, owner, list, line, shipment, shipment_line, slot, location, sku, lot, "
        "qty, in_hand, "
        "in_slot, location_confirmed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
        f.site, e.owner, e.list, line.no, line.shipment, line.shipment_line, line.slot, line.location,
        line.sku, line.lot, line.qty);
    const bool keeps_stock = !line.location.value.empty();
    if (keeps_stock) choose_shelf(f, e, line);
}

struct ListRow {
    OwnerId owner;
    DeviceId lease_device;
    std::string state;
};

std::optional<ListRow> list_row(const Fold& f, const ListId& list) {
    const auto rows = f.tx.structs<ListRow, OwnerId, DeviceId, std::string>(
        "SELECT owner, lease_device, state FROM pick_list WHERE site = ? AND list = ?", f.site, list);
    if (rows.empty()) return std::nullopt;
    return rows.front();
}

// A lease that ran out still counts until another device has the list: the goods are in that picker's hands.
struct Hand {
    OwnerId owner;
    std::string wrong;  // empty: this device holds the list
};
Hand hand_of(const Fold& f, const ListId& list) {
    const auto row = list_row(f, list);
    if (!row) return {{}, "unknown_list"};
    if (row->state == "revoked") return {row->owner, "list_revoked"};
    const bool elsewhere = !row->lease_device.value.empty() && row->lease_device != f.device();
    return {row->owner, elsewhere ? "leased_elsewhere" : ""};
}

struct LineRow {
    ShipmentId shipment;
    LineNo shipment_line;
};

std::optional<LineRow> line_row(const Fold& f, const OwnerId& owner, const ListId& list, LineNo line) {
    const auto rows = f.tx.structs<LineRow, ShipmentId, LineNo>(
        "SELECT shipment, shipment_line FROM pick_line WHERE site = ? AND owner = ? AND list = ? AND line = "
        "?",
        f.site, owner, list, line);
    if (rows.empty()) return std::nullopt;
    return rows.front();
}

// A shipment is picked when nothing of it is still to be taken, or to be put into its slot if `in_slot`.
void mark_picked(const Fold& f, const OwnerId& owner, const ShipmentId& shipment, bool in_slot) {
    const std::string done = in_slot ? "in_slot + missing" : "in_hand + in_slot + missing";
    f.tx.run(
        "UPDATE shipment SET work = ? WHERE site = ? AND owner = ? AND shipment = ? AND work = ? AND NOT "
        "EXISTS "
        "(SELECT 1 FROM pick_line WHERE site = ? AND owner = ? AND shipment = ? AND " +
            done + " < qty)",
        WorkState::picked, f.site, owner, shipment, WorkState::in_work, f.site, owner, shipment);
}

void set_list_state(const Fold& f, const OwnerId& owner, const ListId& list, const char* state) {
    f.tx.run(
        "UPDATE pick_list SET state = ? WHERE site = ? AND owner = ? AND list = ? AND state <> 'finished'",
        state, f.site, owner, list);
}

// A box stands in one place: where it was seen last.
void bind_tote(const Fold& f, const OwnerId& owner, const protocol::ToteBound& e) {
    f.tx.run("UPDATE shipment SET tote = '' WHERE site = ? AND tote = ?", f.site, e.tote);
    f.tx.run("UPDATE list_slot SET tote = ? WHERE site = ? AND owner = ? AND list = ? AND slot = ?", e.tote,
             f.site, owner, e.list, e.slot);
    f.tx.run(
        "UPDATE shipment SET tote = ?, version = version + 1 WHERE site = ? AND owner = ? AND shipment = ?",
        e.tote, f.site, owner, e.shipment);
}

bool has_tote(const Fold& f, const OwnerId& owner, const ListId& list, SlotNo slot) {
    const auto tote = f.tx.value<std::string>(
        "SELECT tote FROM list_slot WHERE site = ? AND owner = ? AND list = ? AND slot = ?", f.site, owner,
        list, slot);
    return tote && !tote->empty();
}

}  // namespace

std::optional<OwnerId> owner_of(const Fold& f, const ListId& list) {
    return f.tx.value<OwnerId>("SELECT owner FROM pick_list WHERE site = ? AND list = ?", f.site, list);
}

Effect fold(const Fold& f, const protocol::ListStarted& e) {
    if (owner_of(f, e.list)) return no_effect("list_known");
    f.tx.run(
        "INSERT INTO pick_list (site, owner, list, bench, state, started_ms, finished_ms, lease_device, "
        "lease_until_ms, "
        "version) VALUES (?, ?, ?, ?, 'started', ?, 0, '', 0, 1)",
        f.site, e.owner, e.list, e.bench, f.at());
    for (const auto& slot : e.slots) insert_slot(f, e, slot);
    for (const auto& line : e.lines) insert_line(f, e, line);
    f.tx.run(
        "INSERT INTO running_number (site, name, used) VALUES (?, 'list', 1) "
        "ON CONFLICT (site, name) DO UPDATE SET used = running_number.used + 1",
        f.site);
    return applied();
}

Effect fold(const Fold& f, const protocol::ListLeased& e) {
    const auto changed = f.tx.run(
        "UPDATE pick_list SET lease_device = ?, lease_until_ms = ?, version = version + 1, "
        "state = CASE WHEN state = 'revoked' THEN 'open' ELSE state END WHERE site = ? AND list = ?",
        e.device, e.until, f.site, e.list);
    return changed == 0 ? no_effect("unknown_list") : applied();
}

Effect fold(const Fold& f, const protocol::ListRevoked& e) {
    const auto changed = f.tx.run(
        "UPDATE pick_list SET lease_device = '', lease_until_ms = 0, version = version + 1, state = "
        "'revoked' "
        "WHERE site = ? AND list = ? AND state <> 'finished'",
        f.site, e.list);
    return changed == 0 ? no_effect("unknown_list") : applied();
}

Effect fold(const Fold& f, const protocol::ListOpened& e) {
    const auto hand = hand_of(f, e.list);
    if (!hand.wrong.empty()) return no_effect(hand.wrong);
    set_list_state(f, hand.owner, e.list, "open");
    return applied();
}

Effect fold(const Fold& f, const protocol::ToteBound& e) {
    const auto hand = hand_of(f, e.list);
    if (!hand.wrong.empty()) return no_effect(hand.wrong);
    bind_tote(f, hand.owner, e);
    return applied();
}

Effect fold(const Fold& f, const protocol::LocationConfirmed& e) {
    const auto hand = hand_of(f, e.list);
    if (!hand.wrong.empty()) return no_effect(hand.wrong);
    f.tx.run(
        "UPDATE pick_line SET location_confirmed = 1 WHERE site = ? AND owner = ? AND list = ? AND line = ?",
        f.site, hand.owner, e.list, e.line);
    return applied();
}

Effect fold(const Fold& f, const protocol::ItemPicked& e) {
    const auto hand = hand_of(f, e.list);
    if (!hand.wrong.empty()) return no_effect(hand.wrong);
    const auto line = line_row(f, hand.owner, e.list, e.line);
    if (!line) return no_effect("unknown_line");
    f.tx.run(
        "UPDATE pick_line SET in_hand = in_hand + ? WHERE site = ? AND owner = ? AND list = ? AND line = ?",
        e.units, f.site, hand.owner, e.list, e.line);
    take_from_shelf(f, hand.owner, line->shipment, line->shipment_line, ListLine{e.list, e.line}, e.units);
    count_hour(f, {.picked_units = e.units.value});
    return applied();
}

Effect fold(const Fold& f, const protocol::SlotConfirmed& e) {
    const auto hand = hand_of(f, e.list);
    if (!hand.wrong.empty()) return no_effect(hand.wrong);
    const auto line = line_row(f, hand.owner, e.list, e.line);
    if (!line) return no_effect("unknown_line");
    f.tx.run(
        "UPDATE pick_line SET in_hand = in_hand - ?, in_slot = in_slot + ? WHERE site = ? AND owner = ? AND "
        "list = ? AND "
        "line = ?",
        e.units, e.units, f.site, hand.owner, e.list, e.line);
    // Its binding did not count, for the list was in other hands then: the goods lie in it all the same.
    if (e.tote && !has_tote(f, hand.owner, e.list, e.slot))
        bind_tote(f, hand.owner, {e.list, e.slot, line->shipment, *e.tote});
    mark_picked(f, hand.owner, line->shipment, true);
    return applied();
}

Effect fold(const Fold& f, const protocol::ShortageFound& e) {
    const auto hand = hand_of(f, e.list);
    if (!hand.wrong.empty()) return no_effect(hand.wrong);
    const auto line = line_row(f, hand.owner, e.list, e.line);
    if (!line) return no_effect("unknown_line");
    f.tx.run(
        "UPDATE pick_line SET missing = missing + ? WHERE site = ? AND owner = ? AND list = ? AND line = ?",
        e.missing, f.site, hand.owner, e.list, e.line);
    block_shelf(f, hand.owner, e, line->shipment_line);
    mark_picked(f, hand.owner, line->shipment, true);
    open_task(f, "shortage", e.list, e.shipment, e.sku);
    return applied();
}

// The lease that follows from it stands in an event of its own, before this one.
Effect fold(const Fold& f, const protocol::TakeOverAsked& e) {
    const auto row = list_row(f, e.list);
    if (row && row->state == "finished") return no_effect("list_finished");
    const auto hand = hand_of(f, e.list);
    return hand.wrong.empty() ? applied() : no_effect(hand.wrong);
}

Effect fold(const Fold& f, const protocol::ListFinished& e) {
    const auto hand = hand_of(f, e.list);
    if (!hand.wrong.empty()) return no_effect(hand.wrong);
    for (const auto& [shipment] : f.tx.rows<ShipmentId>(
             "SELECT shipment FROM list_slot WHERE site = ? AND owner = ? AND list = ? ORDER BY slot", f.site,
             hand.owner, e.list))
        mark_picked(f, hand.owner, shipment, false);
    set_list_state(f, hand.owner, e.list, "finished");
    f.tx.run(
        "UPDATE pick_list SET finished_ms = ? WHERE site = ? AND owner = ? AND list = ? AND finished_ms = 0",
        f.at(), f.site, hand.owner, e.list);
    return applied();
}

}  // namespace kenpin::store
