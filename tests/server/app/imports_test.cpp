#include "server/app/imports.hpp"

#include <doctest/doctest.h>

#include "server/store/masters.hpp"
#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

TEST_CASE("a master with a faulty record is refused by line and column, and stays as it was") {
    DemoFloor demo;
    REQUIRE(demo.import(web::Table::items, "sku,name_ja,weight_g\nZ,箱,10\n").taken == 1);
    const auto answer = demo.import(web::Table::items, "sku,name_ja,weight_g\nA,茶,40\nB,,50\nC,米,heavy\n");
    CHECK(answer.taken == 0);
    CHECK(demo.import(web::Table::items, "sku,name_ja,weight_g\n").taken == 0);  // an empty one neither
    REQUIRE(answer.refused.size() == 2);
    CHECK(answer.refused[0].line == 3);
    CHECK(answer.refused[0].field == "name_ja");
    CHECK(answer.refused[0].reason == "missing");
    CHECK(answer.refused[1].line == 4);
    CHECK(answer.refused[1].reason == "wrong_type");
}

TEST_CASE("a JAN with a wrong check digit is not taken into the master") {
    DemoFloor demo;
    const auto answer =
        demo.import(web::Table::barcodes, "barcode,sku,units,kind\n2900041003017,A,1,JAN13\n");
    CHECK(answer.taken == 0);
    CHECK(answer.refused.front().field == "barcode");
}

TEST_CASE("the opening stock is received once") {
    DemoFloor demo;
    demo.import_masters();
    const auto again = demo.floor->import_file(
        {.table = web::Table::stock, .shop = std::nullopt, .body = demo_file("stock.csv"), .file_name = ""});
    REQUIRE(again);
    CHECK(again.value().taken == 0);
    CHECK(again.value().refused.front().reason == "stock_already_here");
}

TEST_CASE("a shop's key is kept as its hash alone") {
    DemoFloor demo;
    demo.import_masters();
    const auto shops = demo.read<std::vector<store::ShopRow>>(
        [](sqlite::Tx& tx) { return store::shops(tx, SiteId{"TOKYO1"}); });
    REQUIRE(shops.size() == 2);
    for (const auto& shop : shops) CHECK(shop.api_key_hash.find("demo-key") == std::string::npos);
}

TEST_CASE("waybills may come again; a number of another shipment is refused") {
    DemoFloor demo;
    demo.import_masters();
    demo.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"});
    const auto file = demo_file("waybills-yamato.csv");
    CHECK(demo.import(web::Table::waybills, file, ShopId{"RAKUTEN"}).taken == 49);
    const auto again = demo.import(web::Table::waybills, file, ShopId{"RAKUTEN"});
    CHECK(again.taken == 0);
    CHECK(again.unchanged == 49);
}
