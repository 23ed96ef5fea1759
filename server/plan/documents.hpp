#pragma once
// The documents that stations work from, made from rows. The store (or the app) fills the rows; what a
// document looks like is decided here once.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/order.hpp"
#include "core/domain/shipment.hpp"
#include "core/domain/verify_pack.hpp"
#include "core/domain/verify_pick.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "core/protocol/print_document.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// What is known of an item; an item without a row shows its SKU and has no codes.
struct ItemRow {
    std::string name;
    std::string variant;
    std::vector<domain::ItemCode> codes;
};
using Items = std::map<Sku, ItemRow>;

struct PickLineRow {
    protocol::StartedLine started;
    Qty in_hand, in_slot;
    bool location_confirmed = false;
    Qty missing{};
};
struct ListRows {
    ListId list;
    int version = 1;
    std::vector<protocol::FoldedUpto> folded_upto;
    Millis lease{0};
    std::string title;
    domain::PickRules rules;
    std::vector<domain::CartSlot> slots;
    std::vector<PickLineRow> lines;  // in walking order
};
domain::PickTask pick_task(const ListRows& rows, const Items& items);
protocol::PickListDoc pick_list_doc(const ListRows& rows, const Items& items);

struct PackLineRow {
    LineNo no;
    Sku sku;
    Qty wanted, verified;
};
struct PackRows {
    ShipmentId shipment;
    int version = 1;
    std::vector<protocol::FoldedUpto> folded_upto;
    ListId list;
    SlotNo slot;
    std::optional<ToteCode> tote;
    std::string order_shown, shop_shown, carrier_shown;
    bool with_slip = true;
    bool print_here = true;  // the bench prints the papers itself; a lying waybill it never prints
    domain::ShipmentStates states;
    domain::WaybillWay way = domain::WaybillWay::own_label;
    domain::TrackingCovers covers = domain::TrackingCovers::one_piece;
    std::vector<PackLineRow> lines;
    std::vector<domain::PackPiece> pieces;
};
/// A shipment that is held, cancelled or returned is stopped: nothing of it may be closed.
domain::PackTask pack_task(const PackRows& rows, const Items& items);
protocol::PackDoc pack_doc(const PackRows& rows, const Items& items);

struct PrintRows {
    protocol::ShipmentPlanned shipment;
    domain::Order order;  // the one it leaves for; consolidation comes later
    std::string carrier_name;
    std::string contents;  // 品名 on the waybill
    protocol::Sender sender;
    std::vector<domain::PackPiece> pieces;
};
/// The papers of one shipment. An order's shipping, fee and discount stand on the slip of its first addressee
/// only, so that the slips add up to what the buyer paid.
protocol::PrintDocument print_document(const PrintRows& rows, const BuyerText& buyer);

}  // namespace kenpin::plan
