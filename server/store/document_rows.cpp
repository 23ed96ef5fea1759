#include "server/store/document_rows.hpp"

#include "server/store/settings.hpp"
#include "server/store/shipments.hpp"
#include "server/store/stored_names.hpp"

namespace kenpin::store {
namespace {

std::vector<domain::CartSlot> slots_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                       const ListId& list) {
    std::vector<domain::CartSlot> slots;
    for (const auto& [no, shipment, tote, stopped] : tx.rows<SlotNo, ShipmentId, ToteCode, bool>(
             "SELECT ls.slot, ls.shipment, ls.tote, CASE WHEN sh.work IN ('cancelled', 'returned') OR EXISTS "
             "(SELECT 1 FROM hold h WHERE h.site = sh.site AND h.owner = sh.owner AND h.shipment = "
             "sh.shipment "
             "AND h.reason = 'cancel_requested') THEN 1 ELSE 0 END FROM list_slot ls JOIN shipment sh ON "
             "sh.site "
             "= ls.site AND sh.owner = ls.owner AND sh.shipment = ls.shipment WHERE ls.site = ? AND ls.owner "
             "= ? "
             "AND ls.list = ? ORDER BY ls.slot",
             site, owner, list))
        slots.push_back({no, shipment, tote.value.empty() ? std::nullopt : std::optional{tote}, stopped});
    return slots;
}

/// Those of `pick_line` for which `where` (more than site, owner and list) holds.
template <class... More>
std::vector<plan::PickLineRow> lines_of(sqlite::Tx& tx, const std::string& where, const SiteId& site,
                                        const OwnerId& owner, const ListId& list, const More&... more) {
    std::vector<plan::PickLineRow> lines;
    for (const auto& [no, shipment, shipment_line, slot, location, sku, lot, qty, in_hand, in_slot, confirmed,
                      missing] :
         tx.rows<LineNo, ShipmentId, LineNo, SlotNo, LocationCode, Sku, LotNo, Qty, Qty, Qty, bool, Qty>(
             "SELECT line, shipment, shipment_line, slot, location, sku, lot, qty, in_hand, in_slot, "
             "location_confirmed, missing "
             "FROM pick_line WHERE site = ? AND owner = ? AND list = ?" +
                 where + " ORDER BY line",
             site, owner, list, more...))
        lines.push_back({{no, shipment, shipment_line, slot, location, sku, lot, qty},
                         in_hand,
                         in_slot,
                         confirmed,
                         missing});
    return lines;
}

struct ListHead {
    OwnerId owner;
    plan::ListRows rows;
};

std::optional<ListHead> list_head(sqlite::Tx& tx, const SiteId& site, const ListId& list) {
    const auto head =
        tx.row<OwnerId, int>("SELECT owner, version FROM pick_list WHERE site = ? AND list = ?", site, list);
    if (!head) return std::nullopt;
    ListHead found{std::get<0>(*head), {}};
    found.rows.list = list;
    found.rows.version = std::get<1>(*head);
    return found;
}

std::vector<plan::PackLineRow> pack_lines_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                             const ShipmentId& shipment) {
    return tx.structs<plan::PackLineRow, LineNo, Sku, Qty, Qty>(
        "SELECT line, sku, qty, verified FROM shipment_line WHERE site = ? AND owner = ? AND shipment = ? "
        "ORDER BY line",
        site, owner, shipment);
}

domain::Order order_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const OrderId& id) {
    domain::Order order;
    order.owner = owner;
    order.id = id;
    const auto head = tx.row<ShopId, std::string, Instant, std::optional<Day>, std::string, bool, Yen, Yen,
                             Yen, Yen, BuyerTextId>(
        "SELECT shop, number_in_shop, ordered_ms, wished_day, wished_slot, is_gift, shipping, fee, discount, "
        "total, "
        "buyer_text FROM order_head WHERE site = ? AND owner = ? AND order_id = ?",
        site, owner, id);
    if (!head) return order;
    std::tie(order.shop, order.number_in_shop, order.ordered_at, order.wished_day, order.wished_slot,
             order.is_gift, order.shipping, order.fee, order.discount, order.total, order.buyer_text) = *head;
    order.lines = tx.structs<domain::OrderLine, LineNo, Sku, Qty, Yen, int, std::string, int>(
        "SELECT line, sku, qty, unit_price, tax_rate_percent, name, ship_to FROM order_line WHERE site = ? "
        "AND owner = ? "
        "AND order_id = ? ORDER BY line",
        site, owner, id);
    return order;
}

protocol::ShipmentPlanned planned_of(sqlite::Tx& tx, const SiteId& site, const ShipmentRow& row) {
    protocol::ShipmentPlanned planned;
    planned.owner = row.owner;
    planned.shop = row.shop;
    planned.shipment = row.shipment;
    planned.orders = row.orders;
    planned.ship_to = row.ship_to;
    planned.carrier = row.carrier;
    planned.service = row.service;
    planned.way = row.way;
    planned.covers = row.covers;
    planned.ship_day = row.ship_day;
    planned.ship_day_reason = row.ship_day_reason;
    planned.pieces = row.pieces;
    planned.stock = row.states.stock;
    planned.buyer_text = row.buyer_text;
    planned.lines = tx.structs<protocol::ShipmentPlannedLine, LineNo, OrderId, LineNo, Sku, Qty>(
        "SELECT line, order_id, order_line, sku, qty FROM shipment_line WHERE site = ? AND owner = ? AND "
        "shipment = ? "
        "ORDER BY line",
        site, row.owner, row.shipment);
    return planned;
}

protocol::Sender sender_of(sqlite::Tx& tx, const SiteId& site, const ShopId& shop) {
    protocol::Sender sender;
    const auto row = tx.row<std::string, std::string, std::string, std::string, std::string>(
        "SELECT sender_name, sender_postcode, sender_address, sender_phone, registration_no FROM shop WHERE "
        "site = ? AND "
        "shop = ?",
        site, shop);
    if (row)
        std::tie(sender.name, sender.postcode, sender.address, sender.phone, sender.registration_no) = *row;
    return sender;
}

std::string carrier_name(sqlite::Tx& tx, const SiteId& site, const CarrierId& carrier) {
    return tx.value<std::string>("SELECT name FROM carrier WHERE site = ? AND carrier = ?", site, carrier)
        .value_or(carrier.value);
}

void add_codes(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, plan::Items& items) {
    for (const auto& [sku, code, units] : tx.rows<Sku, std::string, Qty>(
             "SELECT sku, code, units FROM item_barcode WHERE site = ? AND owner = ? ORDER BY sku, code",
             site, owner))
        if (const auto found = items.find(sku); found != items.end())
            found->second.codes.push_back({code, units});
}

}  // namespace

std::optional<OwnerId> owner_of_shipment(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    return tx.value<OwnerId>("SELECT owner FROM shipment WHERE site = ? AND shipment = ?", site, shipment);
}

bool has_shelves(sqlite::Tx& tx, const SiteId& site, const ListId& list) {
    return tx.value<int>("SELECT count(*) FROM pick_line WHERE site = ? AND list = ? AND location <> ''",
                         site, list)
               .value_or(0) > 0;
}

std::optional<OwnerId> owner_of_list(sqlite::Tx& tx, const SiteId& site, const ListId& list) {
    return tx.value<OwnerId>("SELECT owner FROM pick_list WHERE site = ? AND list = ?", site, list);
}

std::optional<plan::ListRows> list_rows(sqlite::Tx& tx, const SiteId& site, const ListId& list) {
    auto head = list_head(tx, site, list);
    if (!head) return std::nullopt;
    head->rows.slots = slots_of(tx, site, head->owner, list);
    head->rows.lines = lines_of(tx, "", site, head->owner, list);
    return std::move(head->rows);
}

std::optional<plan::ListRows> list_rows(sqlite::Tx& tx, const SiteId& site, const ListId& list, LineNo line) {
    auto head = list_head(tx, site, list);
    if (!head) return std::nullopt;
    head->rows.lines = lines_of(tx, " AND line = ?", site, head->owner, list, line);
    return std::move(head->rows);
}

std::vector<ShipmentId> to_be_cancelled(sqlite::Tx& tx, const SiteId& site, const ListId& list) {
    std::vector<ShipmentId> shipments;
    for (const auto& [shipment] : tx.rows<ShipmentId>(
             "SELECT ls.shipment FROM list_slot ls JOIN hold h ON h.site = ls.site AND h.owner = ls.owner "
             "AND "
             "h.shipment = ls.shipment WHERE ls.site = ? AND ls.list = ? AND h.reason = 'cancel_requested' "
             "ORDER BY ls.slot",
             site, list))
        shipments.push_back(shipment);
    return shipments;
}

std::optional<plan::PackRows> pack_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    const auto row = shipment_row(tx, site, shipment);
    if (!row) return std::nullopt;
    plan::PackRows rows;
    rows.shipment = shipment;
    rows.version = row->version;
    rows.list = row->list;
    rows.slot = row->slot;
    if (!row->tote.value.empty()) rows.tote = row->tote;
    rows.order_shown = row->order_numbers.empty() ? "" : row->order_numbers.front();
    rows.shop_shown =
        tx.value<std::string>("SELECT name FROM shop WHERE site = ? AND shop = ?", site, row->shop)
            .value_or(row->shop.value);
    rows.carrier_shown = carrier_name(tx, site, row->carrier) + " " + row->service;
    rows.states = row->states;
    rows.way = row->way;
    rows.covers = row->covers;
    rows.lines = pack_lines_of(tx, site, row->owner, shipment);
    rows.pieces = pieces_of(tx, site, row->owner, shipment);
    return rows;
}

std::optional<plan::PrintRows> print_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    const auto row = shipment_row(tx, site, shipment);
    if (!row || row->orders.empty()) return std::nullopt;
    plan::PrintRows rows;
    rows.shipment = planned_of(tx, site, *row);
    rows.order = order_of(tx, site, row->owner, row->orders.front());
    rows.carrier_name = carrier_name(tx, site, row->carrier);
    rows.contents = setting(tx, site, "waybill_contents").value_or("雑貨");
    rows.sender = sender_of(tx, site, row->shop);
    rows.pieces = pieces_of(tx, site, row->owner, shipment);
    return rows;
}

plan::Items items(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const std::set<Sku>& skus) {
    plan::Items all;
    for (auto& [sku, name, variant] : tx.rows<Sku, std::string, std::string>(
             "SELECT sku, name, variant FROM item WHERE site = ? AND owner = ?", site, owner))
        if (skus.empty() || skus.contains(sku)) all[sku] = {std::move(name), std::move(variant), {}};
    add_codes(tx, site, owner, all);
    return all;
}

}  // namespace kenpin::store
