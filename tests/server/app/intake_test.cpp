#include "server/app/intake.hpp"

#include <doctest/doctest.h>

#include "server/app/views.hpp"
#include "server/store/intake_rows.hpp"
#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

TEST_CASE("the same order changes nothing, the same number with other content conflicts") {
    DemoFloor demo;
    demo.import_masters();
    CHECK(std::holds_alternative<web::OrderTaken>(demo.order(small_order("H1"))));
    CHECK(std::holds_alternative<web::OrderUnchanged>(demo.order(small_order("H1"))));
    CHECK(std::holds_alternative<web::OrderConflicts>(demo.order(small_order("H1", "G-22081", 3))));
}

TEST_CASE("a file that is sent twice takes its orders once") {
    DemoFloor demo;
    demo.import_masters();
    const auto file = demo_file("orders-rakuten.csv");
    CHECK(demo.import(web::Table::orders, file, ShopId{"RAKUTEN"}).taken == 48);
    const auto again = demo.import(web::Table::orders, file, ShopId{"RAKUTEN"});
    CHECK(again.taken == 0);
    CHECK(again.unchanged == 48);
    CHECK(again.refused.empty());
}

TEST_CASE("an order with an unknown item is refused by field, and kept") {
    DemoFloor demo;
    demo.import_masters();
    const auto answer = demo.order(small_order("H1", "NOT-OURS"));
    REQUIRE(std::holds_alternative<web::OrderNotAcceptable>(answer));
    CHECK(std::get<web::OrderNotAcceptable>(answer).reasons.front().field == "lines[0].sku");
    const auto kept = demo.read<int>(
        [](sqlite::Tx& tx) { return tx.value<int>("SELECT count(*) FROM received_file").value_or(0); });
    CHECK(kept == 1);
}

TEST_CASE("what is no JSON is no order, and an order for nobody's shop is refused") {
    DemoFloor demo;
    demo.import_masters();
    CHECK(std::holds_alternative<web::OrderNotJson>(demo.order("{")));
    const auto nobody = demo.floor->take_order(ShopId{"NOBODY"}, small_order("H1"));
    REQUIRE(nobody);
    REQUIRE(std::holds_alternative<web::OrderNotAcceptable>(nobody.value()));
    CHECK(std::get<web::OrderNotAcceptable>(nobody.value()).reasons.front().reason == "unknown_shop");
}

TEST_CASE("stock goes to the oldest order first; the next waits") {
    DemoFloor demo;
    demo.import_masters();
    // As many as there are on the shelves, then one more.
    const auto all = demo.read<int>([](sqlite::Tx& tx) {
        return tx.value<int>("SELECT on_hand FROM stock_total WHERE sku = 'G-22081'").value_or(0);
    });
    REQUIRE(all > 0);
    demo.order(small_order("H1", "G-22081", all));
    demo.order(small_order("H2", "G-22081", 1));
    const auto stock_of = [&](const char* id) {
        return demo
            .read<web::ShipmentView>(
                [&](sqlite::Tx& tx) { return shipment_view(tx, SiteId{"TOKYO1"}, {}, ShipmentId{id}); })
            .states.stock;
    };
    CHECK(stock_of("S0000001") == domain::StockState::allocated);
    CHECK(stock_of("S0000002") == domain::StockState::pending);
}

TEST_CASE("an order of a file with an unknown item waits once, and is taken when the item is known") {
    DemoFloor demo;
    demo.import_masters();
    const auto all_items = demo_file("items.csv");
    const auto line = all_items.find("G-22558,");
    REQUIRE(line != std::string::npos);
    auto without_one = all_items;
    without_one.erase(line, all_items.find('\n', line) + 1 - line);
    demo.import(web::Table::items, without_one);
    const auto answer = demo.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"});
    CHECK(answer.taken == 47);
    REQUIRE(answer.refused.size() == 1);
    CHECK(answer.refused[0].record == "298765-20261123-0000003911");
    const auto waiting = [&] {
        return demo.read<int>(
            [](sqlite::Tx& tx) { return static_cast<int>(store::open_intake(tx, SiteId{"TOKYO1"}).size()); });
    };
    CHECK(waiting() == 1);

    demo.import(web::Table::items,
                without_one + "G-NEW,,新商品,New,雑貨,ambient,10,10,10,10,100,10,0,0,UCI,\n");
    CHECK(waiting() == 1);  // another item does not help it, and it is kept once
    demo.import(web::Table::items, all_items);
    CHECK(waiting() == 0);
    CHECK(demo.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"}).unchanged ==
          48);
}

TEST_CASE("a code of the shop that stands for a set is taken apart, also for an order that waits for it") {
    DemoFloor demo;
    demo.import_masters();
    auto items = demo_file("items.csv");
    const auto line = items.find("G-22558,");
    items.erase(line, items.find('\n', line) + 1 - line);
    demo.import(web::Table::items, items);
    demo.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"});
    const auto table = demo.import(web::Table::shop_items,
                                   "shop,code,options,sku,units\n"
                                   "RAKUTEN,G-22558,,G-16156S,2\n"
                                   "RAKUTEN,G-22558,,G-16161P,1\n");
    CHECK(table.taken == 2);
    const auto parts = demo.read<int>([](sqlite::Tx& tx) {
        return tx
            .value<int>("SELECT count(DISTINCT sku) FROM shipment_line WHERE sku IN ('G-16156S', 'G-16161P')")
            .value_or(0);
    });
    CHECK(parts == 2);
    CHECK(demo.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"}).unchanged ==
          48);
}
