#include "server/store/shipments.hpp"

#include "server/store/stored_names.hpp"

namespace kenpin::store {
namespace {

using domain::PackPiece;

// Columns of ShipmentRow up to and with the states, in this order.
constexpr const char* shipment_columns =
    "SELECT owner, shipment, shop, ship_to, carrier, service, way, covers, ship_day, ship_day_reason, "
    "pieces, buyer_text, "
    "ordered_ms, list, slot, tote, bench, shipped_ms, version, work, waybill, stock FROM shipment WHERE site "
    "= ?";

template <class... Params>
std::vector<ShipmentRow> heads(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    std::vector<ShipmentRow> rows;
    for (auto& columns :
         tx.rows<OwnerId, ShipmentId, ShopId, int, CarrierId, std::string, domain::WaybillWay,
                 domain::TrackingCovers, Day, std::string, int, BuyerTextId, Instant, ListId, SlotNo,
                 ToteCode, DeviceId, Instant, int, domain::WorkState, domain::WaybillState,
                 domain::StockState>(shipment_columns + where, params...)) {
        ShipmentRow row;
        std::tie(row.owner, row.shipment, row.shop, row.ship_to, row.carrier, row.service, row.way,
                 row.covers, row.ship_day, row.ship_day_reason, row.pieces, row.buyer_text, row.ordered_at,
                 row.list, row.slot, row.tote, row.bench, row.shipped_at, row.version, row.states.work,
                 row.states.waybill, row.states.stock) = std::move(columns);
        rows.push_back(std::move(row));
    }
    return rows;
}

void add_parts(sqlite::Tx& tx, const SiteId& site, ShipmentRow& row) {
    for (const auto& [reason] :
         tx.rows<domain::HoldReason>("SELECT reason FROM hold WHERE site = ? AND owner = ? AND shipment = ?",
                                     site, row.owner, row.shipment))
        row.states.holds.insert(reason);
    for (auto& [order, number] :
         tx.rows<OrderId, std::string>("SELECT so.order_id, oh.number_in_shop FROM shipment_order so JOIN "
                                       "order_head oh ON oh.site = so.site AND "
                                       "oh.owner = so.owner AND oh.order_id = so.order_id WHERE so.site = ? "
                                       "AND so.owner = ? AND so.shipment = ? "
                                       "ORDER BY so.order_id",
                                       site, row.owner, row.shipment)) {
        row.orders.push_back(std::move(order));
        row.order_numbers.push_back(std::move(number));
    }
    row.report =
        tx.value<std::string>("SELECT state FROM report WHERE site = ? AND owner = ? AND shipment = ?", site,
                              row.owner, row.shipment)
            .value_or("");
}

std::vector<TrackingNo> voided_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                  const ShipmentId& shipment) {
    std::vector<TrackingNo> voided;
    for (const auto& [tracking] : tx.rows<TrackingNo>("SELECT tracking FROM waybill WHERE site = ? AND owner "
                                                      "= ? AND shipment = ? AND state = 'voided' "
                                                      "ORDER BY tracking",
                                                      site, owner, shipment))
        voided.push_back(tracking);
    return voided;
}

// SQL for "of this shop, or of any": the empty text stands for any.
std::string shop_or_any(const ShipmentPage& page) {
    return page.shop ? page.shop->value : "";
}

}  // namespace

std::optional<ShipmentRow> shipment_row(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    auto rows = heads(tx, " AND shipment = ?", site, shipment);
    if (rows.empty()) return std::nullopt;
    add_parts(tx, site, rows.front());
    return rows.front();
}

std::vector<ShipmentRow> shipment_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentPage& page) {
    const auto shop = shop_or_any(page);
    auto rows =
        heads(tx, " AND shipment > ? AND (shop = ? OR '' = CAST(? AS TEXT)) ORDER BY shipment LIMIT ?", site,
              page.after, shop, shop, page.limit);
    for (auto& row : rows) add_parts(tx, site, row);
    return rows;
}

std::vector<ShipmentLineRow> shipment_lines(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                            const ShipmentId& shipment) {
    return tx.structs<ShipmentLineRow, LineNo, Sku, Qty, Qty, Qty, Qty>(
        "SELECT line, sku, qty, reserved, taken, verified FROM shipment_line WHERE site = ? AND owner = ? "
        "AND shipment = ? "
        "ORDER BY line",
        site, owner, shipment);
}

std::vector<PackPiece> pieces_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                 const ShipmentId& shipment) {
    const auto voided = voided_of(tx, site, owner, shipment);
    std::vector<PackPiece> pieces;
    for (const auto& [no, tracking, state, closed] :
         tx.rows<PieceNo, std::optional<TrackingNo>, domain::WaybillState, bool>(
             "SELECT piece, tracking, state, closed FROM piece WHERE site = ? AND owner = ? AND shipment = ? "
             "ORDER BY piece",
             site, owner, shipment))
        pieces.push_back(
            {no, state == domain::WaybillState::voided ? std::nullopt : tracking, voided, state, closed});
    return pieces;
}

namespace {

constexpr const char* order_columns =
    "SELECT owner, order_id, shop, number_in_shop, ordered_ms, buyer_text FROM order_head WHERE site = ?";

template <class... Params>
std::vector<OrderRow> orders_where(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    return tx.structs<OrderRow, OwnerId, OrderId, ShopId, std::string, Instant, BuyerTextId>(
        order_columns + where, params...);
}

}  // namespace

std::optional<OrderRow> order_row(sqlite::Tx& tx, const SiteId& site, const OrderId& order) {
    const auto rows = orders_where(tx, " AND order_id = ?", site, order);
    return rows.empty() ? std::nullopt : std::optional{rows.front()};
}

std::vector<OrderRow> order_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentPage& page) {
    const auto shop = shop_or_any(page);
    return orders_where(tx,
                        " AND order_id > ? AND (shop = ? OR '' = CAST(? AS TEXT)) ORDER BY order_id LIMIT ?",
                        site, page.after, shop, shop, page.limit);
}

std::vector<OrderLineRow> order_lines(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                      const OrderId& order) {
    return tx.structs<OrderLineRow, LineNo, Sku, Qty>(
        "SELECT line, sku, qty FROM order_line WHERE site = ? AND owner = ? AND order_id = ? ORDER BY line",
        site, owner, order);
}

std::vector<ShipmentId> shipments_of_order(sqlite::Tx& tx, const SiteId& site, const OrderId& order) {
    std::vector<ShipmentId> shipments;
    for (const auto& [shipment] : tx.rows<ShipmentId>(
             "SELECT shipment FROM shipment_order WHERE site = ? AND order_id = ? ORDER BY shipment", site,
             order))
        shipments.push_back(shipment);
    return shipments;
}

std::optional<ShipmentId> shipment_of_order_number(sqlite::Tx& tx, const SiteId& site, const ShopId& shop,
                                                   const std::string& number_in_shop, int ship_to) {
    return tx.value<ShipmentId>(
        "SELECT s.shipment FROM order_head oh JOIN shipment_order so ON so.site = oh.site AND so.owner = "
        "oh.owner AND "
        "so.order_id = oh.order_id JOIN shipment s ON s.site = so.site AND s.owner = so.owner AND "
        "s.shipment = so.shipment WHERE oh.site = ? AND oh.shop = ? AND oh.number_in_shop = ? AND s.ship_to "
        "= ? "
        "ORDER BY s.shipment",
        site, shop, number_in_shop, ship_to);
}

std::optional<ShipmentId> shipment_of_tracking(sqlite::Tx& tx, const SiteId& site,
                                               const TrackingNo& tracking) {
    return tx.value<ShipmentId>("SELECT shipment FROM waybill WHERE site = ? AND tracking = ?", site,
                                tracking);
}

std::vector<PieceRow> piece_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentPage& page) {
    return tx.structs<PieceRow, ShipmentId, PieceNo, std::optional<TrackingNo>, domain::WaybillState, bool,
                      Instant>(
        "SELECT shipment, piece, tracking, state, closed, closed_ms FROM piece WHERE site = ? AND shipment > "
        "? "
        "ORDER BY shipment, piece LIMIT ?",
        site, page.after, page.limit);
}

}  // namespace kenpin::store
