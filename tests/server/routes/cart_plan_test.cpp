#include "server/routes/cart_plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;
using namespace kenpin::routes;

namespace {

const Day today = *parse_day("2026-11-24");

protocol::StartedLine line(int no, const std::string& location, int qty = 1) {
    return {LineNo{0}, {}, LineNo{no}, SlotNo{0}, LocationCode{location}, Sku{"G-" + location}, {}, Qty{qty}};
}
ShipmentToPick shipment(const std::string& id, std::vector<protocol::StartedLine> lines, Day day = today) {
    return {ShipmentId{id}, CarrierId{"yamato"}, day, std::move(lines)};
}
std::vector<std::string> walked(const CartPlan& cart) {
    std::vector<std::string> codes;
    for (const auto& one : cart.lines) codes.push_back(one.location.value);
    return codes;
}
const Layout layout{{LocationCode{"A-01-01-1"}, {"A", 1, 1, 1}}, {LocationCode{"A-01-09-1"}, {"A", 1, 9, 1}},
                    {LocationCode{"A-02-01-1"}, {"A", 2, 1, 1}}, {LocationCode{"A-02-09-1"}, {"A", 2, 9, 1}},
                    {LocationCode{"B-01-01-1"}, {"B", 1, 1, 1}}, {LocationCode{"B-01-01-2"}, {"B", 1, 1, 2}}};

}  // namespace

TEST_CASE("a cart is walked zone by zone, up one aisle and down the next") {
    const auto carts =
        plan_carts({shipment("S1", {line(1, "B-01-01-2"), line(2, "A-02-01-1"), line(3, "A-01-09-1")}),
                    shipment("S2", {line(1, "B-01-01-1"), line(2, "A-02-09-1"), line(3, "A-01-01-1")})},
                   {}, layout);
    REQUIRE(carts.size() == 1);
    CHECK(walked(carts[0]) == std::vector<std::string>{"A-01-01-1", "A-01-09-1", "A-02-09-1", "A-02-01-1",
                                                       "B-01-01-1", "B-01-01-2"});
    CHECK(carts[0].lines.front().no == LineNo{1});
    CHECK(carts[0].lines.back().no == LineNo{6});
}

TEST_CASE("thirteen shipments need two carts of twelve slots") {
    std::vector<ShipmentToPick> shipments;
    for (int i = 10; i < 23; ++i)
        shipments.push_back(shipment("S" + std::to_string(i), {line(1, "A-01-01-1")}));
    const auto carts = plan_carts(shipments, {}, layout);
    REQUIRE(carts.size() == 2);
    CHECK(carts[0].slots.size() == 12);
    CHECK(carts[1].slots.size() == 1);
    CHECK(carts[1].slots[0].slot == SlotNo{1});
}

TEST_CASE("what is overdue travels on the first cart") {
    const auto carts = plan_carts({shipment("S1", {line(1, "A-01-01-1")}),
                                   shipment("S9", {line(1, "A-01-01-1")}, today - std::chrono::days{1})},
                                  {1}, layout);
    REQUIRE(carts.size() == 2);
    CHECK(carts[0].slots[0].shipment == ShipmentId{"S9"});
}

TEST_CASE("a shelf that the layout does not know is walked last, not lost") {
    const auto carts = plan_carts({shipment("S1", {line(1, "??"), line(2, "B-01-01-1")})}, {}, layout);
    CHECK(walked(carts.at(0)) == std::vector<std::string>{"B-01-01-1", "??"});
}

TEST_CASE("every line stands on exactly one cart, in its shipment's slot, however the work comes in") {
    CHECK(rc::check([] {
        std::vector<std::string> places;
        for (const auto& [code, place] : layout) places.push_back(code.value);
        std::vector<ShipmentToPick> shipments;
        std::map<ShipmentId, int> wanted;
        const int count = *rc::gen::inRange(0, 40);
        for (int s = 0; s < count; ++s) {
            std::vector<protocol::StartedLine> lines;
            const int lines_count = *rc::gen::inRange(1, 5);
            for (int l = 1; l <= lines_count; ++l) lines.push_back(line(l, *rc::gen::elementOf(places)));
            shipments.push_back(shipment("S" + std::to_string(s), lines));
            wanted[shipments.back().shipment] = lines_count;
        }
        const CartRules rules{*rc::gen::inRange(1, 13)};
        const auto carts = plan_carts(shipments, rules, layout);
        std::map<ShipmentId, int> planned;
        std::set<ShipmentId> seen;
        for (const auto& cart : carts) {
            RC_ASSERT(std::ssize(cart.slots) <= rules.slots_per_cart);
            std::map<ShipmentId, SlotNo> slot_of;
            for (const auto& slot : cart.slots) {
                RC_ASSERT(seen.insert(slot.shipment).second);
                slot_of[slot.shipment] = slot.slot;
            }
            for (const auto& one : cart.lines) {
                RC_ASSERT(slot_of.at(one.shipment) == one.slot);
                ++planned[one.shipment];
            }
        }
        RC_ASSERT(planned == wanted);
        std::reverse(shipments.begin(), shipments.end());
        const auto again = plan_carts(shipments, rules, layout);
        RC_ASSERT(again.size() == carts.size());
        for (std::size_t i = 0; i < carts.size(); ++i) RC_ASSERT(again[i].lines == carts[i].lines);
    }));
}
