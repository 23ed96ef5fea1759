#include "server/app/intake.hpp"

#include <doctest/doctest.h>

#include "server/app/views.hpp"
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
