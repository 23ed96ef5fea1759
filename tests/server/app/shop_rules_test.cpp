// Who keeps a shop's stock and who tells it: nothing is done twice, nothing is left undone.
#include <doctest/doctest.h>

#include "server/app/views.hpp"
#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

const DeviceId bench{"B1"}, picker{"H1"};

// The demo's shops with more columns; each shop's own cells behind its row.
std::string shops_with(const std::string& columns, const std::string& honten, const std::string& webhook) {
    return "shop,owner,name,order_profile,waybill_way,carrier,webhook_url," + columns +
           "\nHONTEN,OWN1,本店,api,own_label,yamato," + webhook + "," + honten + "\n";
}
std::string fault(const web::ImportAnswer& answer) {
    return answer.refused.empty() ? std::string{}
                                  : answer.refused.front().field + " " + answer.refused.front().reason;
}

struct Shop {
    DemoFloor demo;
    Shop() { demo.import_masters(); }
    web::ImportAnswer set(const std::string& columns, const std::string& values,
                          const std::string& webhook = "") {
        return demo.import(web::Table::shops, shops_with(columns, values, webhook));
    }
    web::ShipmentView shipment(const char* id = "S0000001") {
        return demo.read<web::ShipmentView>(
            [&](sqlite::Tx& tx) { return shipment_view(tx, SiteId{"TOKYO1"}, {}, ShipmentId{id}); });
    }
    std::string report() {
        return demo.read<std::string>([](sqlite::Tx& tx) {
            return tx.value<std::string>("SELECT state FROM report WHERE shipment = 'S0000001'")
                .value_or("none");
        });
    }
    /// From the order to the truck.
    void ship(const char* number = "H1") {
        CHECK(std::holds_alternative<web::OrderTaken>(demo.order(small_order(number))));
        demo.hello(picker, "picker");
        demo.hello(bench, "packer");
        REQUIRE(demo.start().lists.size() == 1);
        const auto lists = demo.hello(picker, "picker").lists;
        for (const auto& list : lists) demo.pick(picker, list);
        const auto packs = demo.hello(bench, "packer").packs;
        REQUIRE(packs.size() == 1);
        demo.pack(bench, packs.front());
    }
    void tick() {
        demo.now += Millis{1'000};
        demo.floor->tick();
        demo.collect();
    }
};

}  // namespace

TEST_CASE("a shop without further settings is kept and told by us, as before") {
    Shop shop;
    CHECK(fault(shop.set("stock_kept_by", "", "http://127.0.0.1:1/x")).empty());
    shop.ship();
    CHECK(shop.shipment().states.stock == domain::StockState::allocated);
    shop.tick();
    CHECK(shop.demo.reports.size() == 1);
}

TEST_CASE("what its own system keeps is not reserved here, not picked here, and verified all the same") {
    Shop shop;
    CHECK(fault(shop.set("stock_kept_by", "shop")).empty());
    shop.ship();
    CHECK(shop.shipment().states.stock == domain::StockState::not_kept);
    CHECK(shop.shipment().states.work == domain::WorkState::shipped);
    const auto reserved = shop.demo.read<int>([](sqlite::Tx& tx) {
        return tx.value<int>("SELECT coalesce(sum(reserved), 0) FROM stock_total").value_or(-1);
    });
    CHECK(reserved == 0);
    CHECK(shop.demo.hello(picker, "picker").lists.empty());
}

TEST_CASE("what another system tells the shop is told by nobody here, also after the setting is taken back") {
    Shop shop;
    CHECK(fault(shop.set("tracking_told_by", "order_system")).empty());
    shop.ship();
    CHECK(shop.report() == "due");
    shop.tick();
    CHECK(shop.report() == "left");
    CHECK(shop.demo.reports.empty());
    CHECK_FALSE(shop.shipment().pieces.empty());  // and its number can be fetched
    CHECK(shop.shipment().pieces.front().tracking);
    CHECK(fault(shop.set("tracking_told_by", "kenpin", "http://127.0.0.1:1/x")).empty());
    shop.tick();
    CHECK(shop.demo.reports.empty());
}

TEST_CASE("what is under way to the shop is not given up to another system before it is answered") {
    Shop shop;
    CHECK(fault(shop.set("tracking_told_by", "kenpin", "http://127.0.0.1:1/x")).empty());
    shop.ship();
    shop.tick();
    REQUIRE(shop.demo.reports.size() == 1);
    CHECK(fault(shop.set("tracking_told_by", "order_system")).empty());
    shop.tick();
    CHECK(shop.report() == "due");
    shop.demo.floor->report_answered(shop.demo.reports.front(), 200);
    shop.tick();
    CHECK(shop.report() == "accepted");
}

TEST_CASE("a shop without an address waits to be told, and is, as soon as it has one") {
    Shop shop;
    CHECK(fault(shop.set("tracking_told_by", "")).empty());
    shop.ship();
    shop.tick();
    CHECK(shop.report() == "due");
    CHECK(fault(shop.set("tracking_told_by", "", "http://127.0.0.1:1/x")).empty());
    shop.tick();
    CHECK(shop.demo.reports.size() == 1);
}

TEST_CASE("settings that cannot be are refused by their column") {
    Shop shop;
    CHECK(fault(shop.set("stock_kept_by", "nobody")) == "stock_kept_by bad_value");
    CHECK(fault(shop.set("tracking_told_by", "shop")) == "tracking_told_by bad_value");
    CHECK(fault(shop.set("tracking_told_by", "order_system", "http://x")) == "webhook_url told_twice");
    CHECK(fault(shop.set("cut_off", "25:00")) == "cut_off bad_value");
    CHECK(fault(shop.set("cooling_minutes", "-1")) == "cooling_minutes out_of_range");
    CHECK(fault(shop.set("closed_weekdays", "土曜日")) == "closed_weekdays bad_value");
    CHECK(fault(shop.demo.import(web::Table::closed_days, "shop,day,name\n,2026-02-30,x\n")) ==
          "day bad_value");
}

TEST_CASE("the shop's cut-off and the site's closed days move the ship day") {
    Shop shop;
    CHECK(fault(shop.set("cut_off,closed_weekdays", "13:00,日")).empty());
    CHECK(fault(shop.demo.import(web::Table::closed_days,
                                 "shop,day,name\n,2026-11-24,棚卸\nRAKUTEN,2026-11-25,x\n"))
              .empty());
    shop.demo.order(small_order("H1"));
    CHECK(shop.shipment().ship_day == *parse_day("2026-11-25"));
    CHECK(shop.shipment().ship_day_reason == "closed_day");
}

TEST_CASE("an order that its buyer may still cancel is not started, and then it is") {
    Shop shop;
    CHECK(fault(shop.set("cooling_minutes", "1440")).empty());  // ordered at 10:06 the day before
    shop.demo.order(small_order("H1"));
    const auto early = shop.demo.start();
    CHECK(early.lists.empty());
    REQUIRE(early.waiting.size() == 1);
    CHECK(early.waiting[0].reason == "cooling");
    shop.demo.now += std::chrono::hours{3};
    CHECK(shop.demo.start().lists.size() == 1);
}
