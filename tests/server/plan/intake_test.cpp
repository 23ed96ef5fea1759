#include "server/plan/intake.hpp"

#include <doctest/doctest.h>

#include "tests/server/plan/orders.hpp"

using namespace kenpin;
using namespace kenpin::plan;
using namespace kenpin::plan::testing;

namespace {

Accepted accepted(const ReceivedOrder& order) {
    const auto verdict = judge_order(order, intake_at(today));
    REQUIRE(std::holds_alternative<Accepted>(verdict));
    return std::get<Accepted>(verdict);
}

Refused refused(const ReceivedOrder& order) {
    const auto verdict = judge_order(order, intake_at(today));
    REQUIRE(std::holds_alternative<Refused>(verdict));
    return std::get<Refused>(verdict);
}

}  // namespace

TEST_CASE("an order for one address becomes one shipment with all its lines") {
    const auto taken = accepted(one_order());
    CHECK(taken.order.id == OrderId{"HONTEN:H1003"});
    REQUIRE(taken.shipments.size() == 1);
    CHECK(taken.shipments[0].shipment == ShipmentId{"S0000007"});
    CHECK(taken.shipments[0].lines.size() == 2);
    CHECK(taken.shipments[0].ship_day == today);
    CHECK(taken.holds.empty());
}

TEST_CASE("an order to two addressees becomes two shipments, each with its own lines") {
    const auto taken = accepted(order_to_two());
    REQUIRE(taken.shipments.size() == 2);
    CHECK(taken.shipments[0].shipment != taken.shipments[1].shipment);
    CHECK(taken.shipments[0].lines[0].sku == Sku{"G-1"});
    CHECK(taken.shipments[1].lines[0].sku == Sku{"G-2"});
    CHECK(taken.shipments[1].lines[0].no == LineNo{1});
    CHECK(taken.shipments[1].lines[0].order_line == LineNo{2});
    CHECK(taken.buyer_text.ship_to.size() == 2);
}

TEST_CASE("the same order again changes nothing; the same number with other content is a conflict") {
    auto known = intake_at(today);
    known.known_hash = accepted(one_order()).order.content_hash;
    CHECK(std::holds_alternative<AlreadyHere>(judge_order(one_order(), known)));
    auto other = one_order();
    other.lines[0].qty = 9;
    CHECK(std::holds_alternative<Conflict>(judge_order(other, known)));
}

TEST_CASE("one unknown item stops the whole order, and the field is named without its content") {
    auto order = one_order();
    order.lines[1].code = "NO-SUCH";
    CHECK(refused(order).problems == std::vector<Problem>{{"lines[1].sku", "unknown_item"}});
    const auto event = event_of(refused(order), honten(), order.number_in_shop, "file-1");
    CHECK(event.reason == "order.unknown_item");
    CHECK(event.detail == "lines[1].sku: unknown_item");
}

TEST_CASE("a shop's own name for an item is mapped to ours") {
    auto order = one_order();
    order.lines[0].code = "blue-ribbon";
    CHECK(accepted(order).order.lines[0].sku == Sku{"G-1"});
}

TEST_CASE("where the shop does not say the tax, the item master does") {
    auto order = one_order();
    for (auto& line : order.lines) line.tax_rate_percent = 0;
    const auto lines = accepted(order).order.lines;
    CHECK(lines[0].tax_rate_percent == 10);
    CHECK(lines[1].tax_rate_percent == 8);
}

TEST_CASE("an unpaid order is taken and held") {
    auto order = one_order();
    order.is_paid = false;
    CHECK(accepted(order).holds == std::set{domain::HoldReason::unpaid});
}

TEST_CASE("a wished day that cannot be kept is a question for a person, never quietly another day") {
    auto order = one_order();
    order.wished_day = parse_day("2026-11-20");
    const auto taken = accepted(order);
    CHECK(taken.holds == std::set{domain::HoldReason::to_confirm});
    CHECK(taken.shipments[0].ship_day_reason == "wished_day_too_near");
}

TEST_CASE("what is taken becomes events: the order, each shipment, each hold") {
    auto order = order_to_two();
    order.is_paid = false;
    const auto events = events_of(accepted(order));
    REQUIRE(events.size() == 5);
    CHECK(std::holds_alternative<protocol::OrderReceived>(events[0]));
    CHECK(std::holds_alternative<protocol::ShipmentPlanned>(events[1]));
    CHECK(std::holds_alternative<protocol::ShipmentHeld>(events[2]));
    CHECK(std::holds_alternative<protocol::ShipmentHeld>(events[4]));
}

TEST_CASE("no event of an order holds anything that says who the buyer is") {
    for (const auto& event : events_of(accepted(order_to_two()))) {
        const auto json = protocol::body_to_json(event);
        for (const char* secret :
             {"例 太郎", "例 花子", "1000001", "100-0001", "千代田", "例ビル", "03-0000-0000"})
            CHECK(json.find(secret) == std::string::npos);
    }
}

TEST_CASE("a site that only verifies keeps no stock for its shipments") {
    auto rules = honten();
    rules.keeps_stock = false;
    const Intake intake{rules,
                        catalogue(),
                        {},
                        intake_at(today).now,
                        1,
                        BuyerTextId{"bt"},
                        [](std::string_view) { return "h"; }};
    const auto verdict = judge_order(one_order(), intake);
    CHECK(std::get<Accepted>(verdict).shipments[0].stock == domain::StockState::not_kept);
}

TEST_CASE(
    "a shop's calendar decides the ship day, and a wish that it cannot keep holds the order with its "
    "reason") {
    auto rules = honten();
    rules.calendar.closed_days = {today};
    rules.days.by_prefecture["東京都"] = 2;
    const auto intake = intake_at(today);
    const Intake of_shop{rules, intake.catalogue, {}, intake.now, 1, BuyerTextId{"bt"}, intake.hash};
    auto order = one_order();
    const auto next = today + std::chrono::days{1};
    const auto taken = std::get<Accepted>(judge_order(order, of_shop));
    CHECK(taken.shipments[0].ship_day == next);
    CHECK(taken.shipments[0].ship_day_reason == "closed_day");
    CHECK(taken.holds.empty());

    order.wished_day = next + std::chrono::days{2};
    CHECK(std::get<Accepted>(judge_order(order, of_shop)).shipments[0].ship_day == next);
    order.wished_day = next + std::chrono::days{1};
    const auto held = std::get<Accepted>(judge_order(order, of_shop));
    CHECK(held.holds == std::set{domain::HoldReason::to_confirm});
    CHECK(held.judged.codes == std::vector<std::string>{"E-DATE"});
    CHECK(held.judged.outcome == "hold");
}
