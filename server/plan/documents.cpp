#include "server/plan/documents.hpp"

#include <algorithm>
#include <set>

#include "server/plan/check_order.hpp"

namespace kenpin::plan {
namespace {

const ItemRow& item(const Items& items, const Sku& sku) {
    static const ItemRow unknown;
    const auto found = items.find(sku);
    return found == items.end() ? unknown : found->second;
}

std::vector<protocol::GoodsText> goods_texts(const std::set<Sku>& skus, const Items& items) {
    std::vector<protocol::GoodsText> texts;
    for (const auto& sku : skus) {
        const auto& row = item(items, sku);
        texts.push_back({sku, row.name.empty() ? sku.value : row.name, row.variant});
    }
    return texts;
}

bool is_stopped(const domain::ShipmentStates& states) {
    return !states.holds.empty() || states.work == domain::WorkState::cancelled ||
           states.work == domain::WorkState::returned;
}

protocol::Address address_of(const Addressee& who) {
    const auto& building = who.building.reveal();
    auto lines = who.prefecture.reveal() + who.city.reveal() + who.street.reveal();
    if (!building.empty()) lines += " " + building;
    return {Private<std::string>(plain_postcode(who.postcode.reveal())),
            Private<std::string>(std::move(lines)), who.name, who.phone};
}

const domain::OrderLine* order_line(const domain::Order& order, LineNo no) {
    const auto found =
        std::find_if(order.lines.begin(), order.lines.end(), [&](const auto& line) { return line.no == no; });
    return found == order.lines.end() ? nullptr : &*found;
}

// A set stands on the slip as it was sold, once, not as the items that leave for it.
void add_lines(protocol::PrintDocument& document, const PrintRows& rows) {
    std::set<LineNo> sets;
    for (const auto& line : rows.shipment.lines) {
        const auto* sold = order_line(rows.order, line.order_line);
        if (!sold) continue;  // goods that were not sold (an insert) stand on no slip
        const bool is_of_set = sold->sku != line.sku;
        if (is_of_set && !sets.insert(sold->no).second) continue;
        const auto qty = is_of_set ? sold->qty : line.qty;
        document.lines.push_back({sold->name, sold->sku, qty, sold->unit_price, sold->tax_rate_percent});
        document.total.value += sold->unit_price.value * qty.value;
    }
}

void add_charges(protocol::PrintDocument& document, const PrintRows& rows) {
    if (rows.shipment.ship_to != 1) return;
    document.shipping = rows.order.shipping;
    document.fee = rows.order.fee;
    document.discount = rows.order.discount;
    document.total.value += rows.order.shipping.value + rows.order.fee.value - rows.order.discount.value;
}

}  // namespace

domain::PickTask pick_task(const ListRows& rows, const Items& items) {
    domain::PickTask task{rows.list, rows.rules, rows.slots, {}};
    for (const auto& row : rows.lines) {
        const auto& started = row.started;
        task.lines.push_back({started.no, started.shipment, started.slot, started.location, started.sku,
                              started.qty, row.in_hand, row.in_slot, item(items, started.sku).codes,
                              row.location_confirmed, row.missing});
    }
    return task;
}

protocol::PickListDoc pick_list_doc(const ListRows& rows, const Items& items) {
    std::set<Sku> skus;
    for (const auto& row : rows.lines) skus.insert(row.started.sku);
    return {rows.version, rows.folded_upto,       rows.lease,
            rows.title,   pick_task(rows, items), goods_texts(skus, items)};
}

domain::PackTask pack_task(const PackRows& rows, const Items& items) {
    domain::PackTask task{rows.shipment, rows.way, rows.covers, is_stopped(rows.states), {}, rows.pieces};
    for (const auto& row : rows.lines)
        task.lines.push_back({row.no, row.sku, row.wanted, row.verified, item(items, row.sku).codes});
    task.is_short = rows.states.holds.contains(domain::HoldReason::shortage);
    return task;
}

protocol::PackDoc pack_doc(const PackRows& rows, const Items& items) {
    std::set<Sku> skus;
    for (const auto& row : rows.lines) skus.insert(row.sku);
    protocol::PackDoc doc;
    doc.version = rows.version;
    doc.folded_upto = rows.folded_upto;
    doc.list = rows.list;
    doc.slot = rows.slot;
    doc.tote = rows.tote;
    doc.order_shown = rows.order_shown;
    doc.shop_shown = rows.shop_shown;
    doc.carrier_shown = rows.carrier_shown;
    doc.with_slip = rows.with_slip;
    doc.print_here = rows.print_here;
    doc.task = pack_task(rows, items);
    doc.goods = goods_texts(skus, items);
    return doc;
}

protocol::PrintDocument print_document(const PrintRows& rows, const BuyerText& buyer) {
    protocol::PrintDocument document;
    document.shipment = rows.shipment.shipment;
    document.order_shown = rows.order.number_in_shop;
    document.ship_day = rows.shipment.ship_day;
    document.ordered_on = to_text(japan_day(rows.order.ordered_at));
    document.carrier = rows.carrier_name;
    document.service = rows.shipment.service;
    document.wished_day = rows.order.wished_day ? to_text(*rows.order.wished_day) : "";
    document.wished_slot = rows.order.wished_slot;
    document.contents = rows.contents;
    document.is_gift = rows.order.is_gift;
    const auto index = static_cast<std::size_t>(rows.shipment.ship_to - 1);
    if (index < buyer.ship_to.size()) document.ship_to = address_of(buyer.ship_to[index]);
    document.buyer_name = buyer.buyer.name;
    document.sender = rows.sender;
    for (const auto& piece : rows.pieces)
        document.waybills.push_back({piece.no, static_cast<int>(rows.pieces.size()), piece.live});
    add_lines(document, rows);
    add_charges(document, rows);
    return document;
}

}  // namespace kenpin::plan
