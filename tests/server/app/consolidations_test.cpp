#include "server/app/consolidations.hpp"

#include <doctest/doctest.h>

#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

// Of one person: two orders of the own shop, one of Rakuten, of the same owner.
struct OnePerson {
    DemoFloor demo;

    OnePerson() {
        demo.import_masters();
        for (const auto* number : {"H1", "H2"}) take(small_order(number), "HONTEN");
        take(small_order("R1"), "RAKUTEN");
    }
    void take(const std::string& json, const char* shop) {
        CHECK(std::holds_alternative<web::OrderTaken>(demo.order(json, shop)));
    }
    std::vector<web::ConsolidationView> found(plan::AcrossShops across, const web::Scope& scope = {}) {
        SiteSettings site;
        site.site = SiteId{"TOKYO1"};
        site.consolidate_across = across;
        return demo.read<std::vector<web::ConsolidationView>>(
            [&](sqlite::Tx& tx) { return consolidations(tx, site, scope); });
    }
};

const std::vector<std::vector<OrderId>> own_offer{{OrderId{"HONTEN:H1"}, OrderId{"HONTEN:H2"}}};

}  // namespace

TEST_CASE(
    "orders of one person are offered within their shop, and across shops only where the site says so") {
    OnePerson floor;
    const auto within = floor.found(plan::AcrossShops::no);
    REQUIRE(within.size() == 1);
    CHECK(within[0].offers == own_offer);
    CHECK(within[0].differs.empty());
    const auto across = floor.found(plan::AcrossShops::of_one_owner);
    REQUIRE(across.size() == 1);
    REQUIRE(across[0].orders.size() == 3);
    CHECK(across[0].orders[2].order == OrderId{"RAKUTEN:R1"});
    CHECK(across[0].orders[2].shop == ShopId{"RAKUTEN"});
}

TEST_CASE("who asks for one shop hears of no other shop's orders, whatever the site says") {
    OnePerson floor;
    const auto own = floor.found(plan::AcrossShops::of_one_owner, {ShopId{"HONTEN"}});
    REQUIRE(own.size() == 1);
    CHECK(own[0].offers == own_offer);
    CHECK(floor.found(plan::AcrossShops::of_one_owner, {ShopId{"RAKUTEN"}}).empty());
}

TEST_CASE("orders whose work has begun are offered no more") {
    OnePerson floor;
    floor.demo.start();
    CHECK(floor.found(plan::AcrossShops::of_one_owner).empty());
}
