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

TEST_CASE("a key opens one shop: given to two it is refused, and so is one that is soon guessed") {
    DemoFloor demo;
    const std::string head = "shop,owner,name,order_profile,waybill_way,carrier,api_key\n";
    const auto row = [](const std::string& shop, const std::string& key) {
        return shop + ",OWN1,本店,api,own_label,yamato," + key + "\n";
    };
    const auto one =
        demo.import(web::Table::shops, head + row("A", "long-enough-1") + row("B", "long-enough-1"));
    REQUIRE(one.refused.size() == 1);
    CHECK(one.refused[0].field == "api_key");
    CHECK(one.refused[0].reason == "not_unique");
    CHECK(one.refused[0].line == 3);
    const auto guessed = demo.import(web::Table::shops, head + row("A", "a"));
    REQUIRE(guessed.refused.size() == 1);
    CHECK(guessed.refused[0].reason == "too_short");
    CHECK(demo.import(web::Table::shops, head + row("A", "long-enough-1") + row("B", "") + row("C", ""))
              .taken == 3);
    const auto made = demo.floor->make_api_key(
        {.name = "x", .shop = ShopId{"A"}, .scopes = {web::KeyScope::orders_read}}, "admin");
    REQUIRE(made);
    const auto taken = demo.import(web::Table::shops, head + row("A", made.value().secret.reveal()));
    REQUIRE(taken.refused.size() == 1);
    CHECK(taken.refused[0].reason == "not_unique");
}

TEST_CASE(
    "an upload's name stands in the records as a file's of a folder: nothing that a terminal obeys, no "
    "length without end") {
    DemoFloor demo;
    demo.import_masters();
    const auto taken = demo.floor->import_file({.table = web::Table::orders,
                                                .shop = ShopId{"RAKUTEN"},
                                                .body = demo_file("orders-rakuten.csv"),
                                                .file_name = "a\x1b[31m\n" + std::string(5'000, 'b')});
    REQUIRE(taken);
    REQUIRE(taken.value().taken > 0);
    const auto name = demo.read<std::string>([](sqlite::Tx& tx) {
        return Result(tx.value<std::string>("SELECT max(file) FROM order_intake").value_or(""));
    });
    CHECK(name.starts_with("a?[31m?bbb"));
    CHECK(name.size() < 260);
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
