#include "server/plan/intake.hpp"

#include "server/plan/check_order.hpp"
#include "server/plan/numbering.hpp"

namespace kenpin::plan {
namespace {

domain::OrderLine order_line(const ReceivedLine& line, const Catalogue& catalogue) {
    const auto sku = items_of(catalogue, line.code, line.options.reveal()).front().sku;
    const int tax_of_item = traits_of(catalogue, sku).is_reduced_tax ? 8 : 10;
    const int tax = line.tax_rate_percent == 0 ? tax_of_item : line.tax_rate_percent;
    return {LineNo{line.no}, sku, Qty{line.qty}, line.unit_price, tax, line.name, line.ship_to};
}

domain::Order order_of(const ReceivedOrder& received, const Intake& intake, std::string content_hash) {
    domain::Order order;
    order.owner = intake.shop.owner;
    order.shop = intake.shop.shop;
    order.id = order_id(intake.shop.shop, received.number_in_shop);
    order.number_in_shop = received.number_in_shop;
    order.ordered_at = received.ordered_at;
    order.wished_day = received.wished_day;
    order.wished_slot = received.wished_slot;
    order.is_gift = received.is_gift;
    order.shipping = received.totals.shipping;
    order.fee = received.totals.fee;
    order.discount = received.totals.discount;
    order.total = received.totals.total;
    order.buyer_text = intake.buyer_text;
    order.content_hash = std::move(content_hash);
    for (const auto& line : received.lines) order.lines.push_back(order_line(line, intake.catalogue));
    return order;
}

std::vector<protocol::ShipmentPlannedLine> lines_for(int ship_to, const domain::Order& order) {
    std::vector<protocol::ShipmentPlannedLine> lines;
    for (const auto& line : order.lines)
        if (line.ship_to == ship_to)
            lines.push_back(
                {LineNo{static_cast<int>(lines.size()) + 1}, order.id, line.no, line.sku, line.qty});
    return lines;
}

protocol::ShipmentPlanned shipment_for(int ship_to, const domain::Order& order, const ShipDay& day,
                                       const Intake& intake) {
    protocol::ShipmentPlanned shipment;
    shipment.owner = order.owner;
    shipment.shop = order.shop;
    shipment.shipment = shipment_id(intake.first_shipment + ship_to - 1);
    shipment.orders = {order.id};
    shipment.ship_to = ship_to;
    shipment.carrier = intake.shop.carrier;
    shipment.service = intake.shop.service;
    shipment.way = intake.shop.way;
    shipment.covers = intake.shop.covers;
    shipment.ship_day = day.day;
    shipment.ship_day_reason = day.reason;
    shipment.stock = intake.shop.keeps_stock ? domain::StockState::pending : domain::StockState::not_kept;
    shipment.buyer_text = order.buyer_text;
    shipment.lines = lines_for(ship_to, order);
    return shipment;
}

Accepted accept(const ReceivedOrder& received, const Intake& intake, std::string content_hash) {
    Accepted accepted{order_of(received, intake, std::move(content_hash)), {}, {}, buyer_text_of(received)};
    if (!received.is_paid) accepted.holds.insert(domain::HoldReason::unpaid);
    int ship_to = 0;
    for (const auto& who : received.ship_to) {
        const int days = days_to(intake.shop.days, who.prefecture.reveal());
        const auto day = ship_day(received.wished_day, intake.today, days);
        if (!day.arrives_in_time) accepted.holds.insert(domain::HoldReason::to_confirm);
        accepted.shipments.push_back(shipment_for(++ship_to, accepted.order, day, intake));
    }
    return accepted;
}

}  // namespace

OrderId order_id(const ShopId& shop, const std::string& number_in_shop) {
    return OrderId{shop.value + ":" + number_in_shop};
}

// A known order is answered before its content is judged again: the item it names may have gone since.
IntakeVerdict judge_order(const ReceivedOrder& received, const Intake& intake) {
    auto hash = intake.hash(canonical_text(received).reveal());
    const auto id = order_id(intake.shop.shop, received.number_in_shop);
    if (intake.known_hash == hash) return AlreadyHere{id};
    if (intake.known_hash) return Conflict{id};
    if (auto problems = problems_of(received, intake.catalogue); !problems.empty())
        return Refused{std::move(problems)};
    return accept(received, intake, std::move(hash));
}

std::vector<protocol::Body> events_of(const Accepted& accepted) {
    std::vector<protocol::Body> events;
    events.emplace_back(protocol::OrderReceived{accepted.order});
    for (const auto& shipment : accepted.shipments) {
        events.emplace_back(shipment);
        for (const auto reason : accepted.holds)
            events.emplace_back(protocol::ShipmentHeld{shipment.shipment, reason});
    }
    return events;
}

protocol::OrderRefused event_of(const Refused& refused, const ShopRules& shop,
                                const std::string& number_in_shop, const std::string& received_file) {
    std::string detail;
    for (const auto& problem : refused.problems)
        detail += (detail.empty() ? "" : ", ") + problem.field + ": " + problem.reason;
    return {shop.owner, shop.shop,    number_in_shop, "order." + refused.problems.front().reason,
            detail,     received_file};
}

}  // namespace kenpin::plan
