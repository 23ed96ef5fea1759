#pragma once
// Reading orders, shipments, pieces and their states.
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/shipment.hpp"
#include "core/domain/verify_pack.hpp"

namespace kenpin::store {

struct ShipmentRow {
    OwnerId owner{};
    ShipmentId shipment{};
    ShopId shop{};
    int ship_to = 1;
    CarrierId carrier{};
    std::string service{};
    domain::WaybillWay way{};
    domain::TrackingCovers covers{};
    Day ship_day{};
    std::string ship_day_reason{};
    int pieces = 1;
    BuyerTextId buyer_text{};
    Instant ordered_at{};
    ListId list{};  // empty: not started
    SlotNo slot{};
    ToteCode tote{};       // empty: none
    DeviceId bench{};      // empty: not started
    Instant shipped_at{};  // 0: not shipped
    int version = 1;
    domain::ShipmentStates states{};
    std::vector<OrderId> orders{};
    std::vector<std::string> order_numbers{};  // in the shop, beside `orders`
    std::string report{};                      // "" | "due" | "accepted"
};
struct ShipmentLineRow {
    LineNo no{};
    Sku sku{};
    Qty qty{}, reserved{}, taken{}, verified{};
};
struct OrderRow {
    OwnerId owner{};
    OrderId order{};
    ShopId shop{};
    std::string number_in_shop{};
    Instant ordered_at{};
    BuyerTextId buyer_text{};
};
struct OrderLineRow {
    LineNo no{};
    Sku sku{};
    Qty qty{};
};
struct ShipmentPage {
    std::optional<ShopId> shop{};  // nothing: all
    std::string after{};           // ids greater than this
    int limit = 100;
};

std::optional<ShipmentRow> shipment_row(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);
std::vector<ShipmentRow> shipment_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentPage& page);
std::vector<ShipmentLineRow> shipment_lines(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                            const ShipmentId& shipment);
std::vector<domain::PackPiece> pieces_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                         const ShipmentId& shipment);

std::optional<OrderRow> order_row(sqlite::Tx& tx, const SiteId& site, const OrderId& order);
std::vector<OrderRow> order_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentPage& page);
std::vector<OrderLineRow> order_lines(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                      const OrderId& order);
std::vector<ShipmentId> shipments_of_order(sqlite::Tx& tx, const SiteId& site, const OrderId& order);

/// The shipment that a carrier's return file means by the shop's order number; `ship_to` picks the addressee.
std::optional<ShipmentId> shipment_of_order_number(sqlite::Tx& tx, const SiteId& site, const ShopId& shop,
                                                   const std::string& number_in_shop, int ship_to);
/// Whose a tracking number is; voided ones included.
std::optional<ShipmentId> shipment_of_tracking(sqlite::Tx& tx, const SiteId& site,
                                               const TrackingNo& tracking);

struct PieceRow {
    ShipmentId shipment{};
    PieceNo piece{};
    std::optional<TrackingNo> tracking{};
    domain::WaybillState waybill{};
    bool is_closed = false;
    Instant closed_at{};
};
/// All pieces, by shipment.
std::vector<PieceRow> piece_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentPage& page);

}  // namespace kenpin::store
