#include "server/plan/intake.hpp"

#include <algorithm>

#include "server/plan/check_order.hpp"
#include "server/plan/intake_codes.hpp"
#include "server/plan/numbering.hpp"

namespace kenpin::plan {
namespace {

// Clocks of shops differ by minutes; a date beyond this was written wrong, and would wait for its day unseen.
constexpr std::chrono::days ordered_ahead{7};

// What was sold stands on the order's line: the item itself, or the shop's code of a set or a case.
domain::OrderLine order_line(const ReceivedLine& line, const Catalogue& catalogue) {
    const auto parts = items_of(catalogue, line.code, line.options.reveal());
    const bool is_one_item = parts.size() == 1 && parts.front().units == Qty{1};
    const auto sku = is_one_item ? parts.front().sku : Sku{line.code};
    const int tax_of_item = traits_of(catalogue, parts.front().sku).is_reduced_tax ? 8 : 10;
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

// A set is taken apart: what leaves are items.
std::vector<protocol::ShipmentPlannedLine> lines_for(int ship_to, const domain::Order& order,
                                                     const ReceivedOrder& received,
                                                     const Catalogue& catalogue) {
    std::vector<protocol::ShipmentPlannedLine> lines;
    for (const auto& line : received.lines)
        if (line.ship_to == ship_to)
            for (const auto& part : items_of(catalogue, line.code, line.options.reveal()))
                lines.push_back({LineNo{static_cast<int>(lines.size()) + 1}, order.id, LineNo{line.no},
                                 part.sku, Qty{part.units.value * line.qty}});
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
    return shipment;
}

void hold_for(const std::string& code, Accepted& accepted) {
    auto& codes = accepted.judged.codes;
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    if (const auto hold = hold_of(code)) accepted.holds.insert(*hold);
}

void plan_shipments(const ReceivedOrder& received, const Intake& intake, Accepted& accepted) {
    int ship_to = 0;
    for (const auto& who : received.ship_to) {
        const int days = days_to(intake.shop.days, who.prefecture.reveal());
        const auto day =
            ship_day({received.ordered_at, intake.now, received.wished_day, days}, intake.shop.calendar);
        if (!day.arrives_in_time) hold_for("E-DATE", accepted);
        auto shipment = shipment_for(++ship_to, accepted.order, day, intake);
        shipment.lines = lines_for(ship_to, accepted.order, received, intake.catalogue);
        accepted.shipments.push_back(std::move(shipment));
    }
}

Accepted accept(const ReceivedOrder& received, const Intake& intake, std::string content_hash) {
    Accepted accepted{
        order_of(received, intake, std::move(content_hash)), {}, {}, buyer_text_of(received), {}};
    const auto& found = intake.found;
    accepted.judged = {"accept", found.notes, found.handling, found.file, found.record, ""};
    for (const auto& code : found.doubts) hold_for(code, accepted);
    if (!received.is_paid) hold_for("E-UNPAID", accepted);
    if (received.ordered_at > intake.now + ordered_ahead) hold_for("E-ORDERED-AT", accepted);
    plan_shipments(received, intake, accepted);
    if (!accepted.holds.empty()) accepted.judged.outcome = "hold";
    return accepted;
}

}  // namespace

OrderId order_id(const ShopId& shop, const std::string& number_in_shop) {
    return OrderId{shop.value + ":" + number_in_shop};
}

Refused refusal_of(std::vector<Problem> problems, const FoundBefore& found) {
    const auto is = [](const char* reason) {
        return [reason](const Problem& problem) { return problem.reason == reason; };
    };
    if (std::any_of(problems.begin(), problems.end(), is("cut_off")))
        std::erase_if(problems, [&](const Problem& problem) { return !is("cut_off")(problem); });
    const bool waits_for_somebody = std::all_of(problems.begin(), problems.end(), is("unknown_item")) ||
                                    std::all_of(problems.begin(), problems.end(), is("in_no_file")) ||
                                    std::any_of(problems.begin(), problems.end(), is("conflict"));
    auto codes = codes_of(problems);
    codes.insert(codes.end(), found.notes.begin(), found.notes.end());
    return {std::move(problems),
            {waits_for_somebody ? "hold" : "reject", std::move(codes), found.handling, found.file,
             found.record, ""}};
}

// A known order is answered before its content is judged again: the item it names may have gone since.
IntakeVerdict judge_order(const ReceivedOrder& received, const Intake& intake,
                          const std::vector<Problem>& unreadable) {
    const auto id = order_id(intake.shop.shop, received.number_in_shop);
    if (unreadable.empty()) {
        auto hash = intake.hash(canonical_text(received).reveal());
        if (intake.known_hash == hash) return AlreadyHere{id, received.is_paid, received.is_cancelled};
        if (intake.known_hash && !received.is_cancelled) return Conflict{id};
        if (received.is_cancelled) return Cancelled{id};
        if (auto problems = problems_of(received, intake.catalogue); !problems.empty())
            return refusal_of(std::move(problems), intake.found);
        return accept(received, intake, std::move(hash));
    }
    auto problems = unreadable;
    const Problem no_lines{"lines", "in_no_file"};  // more would follow from that
    if (std::find(problems.begin(), problems.end(), no_lines) != problems.end())
        return refusal_of(std::move(problems), intake.found);
    for (auto& problem : problems_of(received, intake.catalogue))
        if (std::find(problems.begin(), problems.end(), problem) == problems.end())
            problems.push_back(std::move(problem));
    return refusal_of(std::move(problems), intake.found);
}

std::vector<protocol::Body> events_of(const Accepted& accepted) {
    std::vector<protocol::Body> events;
    events.emplace_back(protocol::OrderReceived{accepted.order, accepted.judged});
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
    return {shop.owner, shop.shop,     number_in_shop, "order." + refused.problems.front().reason,
            detail,     received_file, refused.judged};
}

}  // namespace kenpin::plan
