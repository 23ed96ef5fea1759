#include "server/plan/consolidation.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

WaitingOrder order(const std::string& id, const std::string& who = "a", const std::string& phone = "1") {
    WaitingOrder waiting;
    waiting.order = OrderId{id};
    waiting.owner = OwnerId{"OWN"};
    waiting.shop = ShopId{id.substr(0, id.find(':'))};
    waiting.addressee = {who, who, phone};
    return waiting;
}

std::vector<SameAddressee> within_shops(const std::vector<WaitingOrder>& waiting) {
    return consolidations(waiting, AcrossShops::no);
}

std::vector<OrderId> ids(const std::vector<std::string>& names) {
    std::vector<OrderId> found;
    for (const auto& name : names) found.push_back(OrderId{name});
    return found;
}

}  // namespace

TEST_CASE("two orders of one person in one shop are offered as one shipment") {
    const auto found = within_shops({order("r:1"), order("r:2", "b"), order("r:3")});
    CHECK(found == std::vector<SameAddressee>{{ids({"r:1", "r:3"}), {}, {ids({"r:1", "r:3"})}}});
}

TEST_CASE("across shops only by setting, across owners never") {
    std::vector<WaitingOrder> waiting = {order("r:1"), order("y:1")};
    CHECK(within_shops(waiting).empty());
    CHECK(consolidations(waiting, AcrossShops::of_one_owner).size() == 1);
    waiting[1].owner = OwnerId{"OTHER"};
    CHECK(consolidations(waiting, AcrossShops::of_one_owner).empty());
}

TEST_CASE("orders that differ in COD, day, temperature or gift are named but not offered") {
    std::vector<WaitingOrder> waiting = {order("r:1"), order("r:2")};
    waiting[1].is_cod = waiting[1].is_gift = true;
    waiting[1].wished_day = parse_day("2026-11-28");
    waiting[1].temperature = "chilled";
    const auto found = within_shops(waiting);
    REQUIRE(found.size() == 1);
    CHECK(found[0].orders == ids({"r:1", "r:2"}));
    CHECK(found[0].differs == std::set<std::string>{"cod", "day", "gift", "temperature"});
    CHECK(found[0].offers.empty());
}

TEST_CASE("of three orders the two that agree are offered") {
    std::vector<WaitingOrder> waiting = {order("r:1"), order("r:2"), order("r:3")};
    waiting[1].is_cod = true;
    const auto found = within_shops(waiting);
    REQUIRE(found.size() == 1);
    CHECK(found[0].orders.size() == 3);
    CHECK(found[0].offers == std::vector<std::vector<OrderId>>{ids({"r:1", "r:3"})});
}

TEST_CASE("another telephone number is another person, a missing one is not") {
    CHECK(within_shops({order("r:1", "a", "1"), order("r:2", "a", "2")}).empty());
    CHECK(within_shops({order("r:1", "a", "1"), order("r:2", "a", "")}).size() == 1);
    CHECK(within_shops({order("r:1", "a", ""), order("r:2", "a", "")}).size() == 1);
    const auto unclear =
        within_shops({order("r:1", "a", "1"), order("r:2", "a", "2"), order("r:3", "a", "")});
    CHECK(unclear.empty());
}

TEST_CASE("two parcels of one order are no consolidation") {
    CHECK(within_shops({order("r:1"), order("r:1")}).empty());
}

TEST_CASE("no order is offered twice, and the order of the files does not matter") {
    test::holds("offers are disjoint", [](const std::vector<unsigned char>& kinds) {
        std::vector<WaitingOrder> waiting;
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            waiting.push_back(order("r:" + std::to_string(i), std::to_string(kinds[i] % 3), ""));
            waiting.back().is_cod = (kinds[i] & 8U) != 0;
        }
        std::set<OrderId> seen;
        for (const auto& same : within_shops(waiting))
            for (const auto& offer : same.offers)
                for (const auto& id : offer)
                    if (!seen.insert(id).second) return false;
        std::vector<WaitingOrder> turned(waiting.rbegin(), waiting.rend());
        return within_shops(turned).size() == within_shops(waiting).size();
    });
}
