#include "server/app/shop_codes.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "server/store/intake_rows.hpp"
#include "server/store/projection.hpp"
#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

const SiteId site{"TOKYO1"};

// The demo's floor without one of its items: an order of Rakuten and one of the API wait for its code.
struct Waiting {
    DemoFloor demo;
    std::string all_items = demo_file("items.csv");
    std::string one_missing = [this] {
        auto items = all_items;
        const auto line = items.find("G-22558,");
        return items.erase(line, items.find('\n', line) + 1 - line);
    }();

    Waiting() {
        demo.import_masters();
        demo.import(web::Table::items, one_missing);
        CHECK(demo.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"}).taken ==
              47);
        CHECK(std::holds_alternative<web::OrderNotAcceptable>(demo.order(small_order("H1", "G-22558"))));
        CHECK(std::holds_alternative<web::OrderNotAcceptable>(demo.order(small_order("H2", "G-22558"))));
    }
    std::vector<web::UnknownCodeView> unknown(const web::Scope& scope = {}) {
        return demo
            .read<web::UnknownCodes>([&](sqlite::Tx& tx) {
                return unknown_codes(tx, site, {demo.floor->parts().key, &demo_rules()}, scope);
            })
            .codes;
    }
    web::CodeAnswer answer(const char* shop, const char* code, std::vector<web::CodeItem> items) {
        const auto answer = demo.floor->answer_code({ShopId{shop}, code, "", std::move(items)}, "K7");
        if (!answer) FAIL(answer.error().detail);
        return answer.value();
    }
    web::CodeAnswered answered(const char* shop, const char* code, std::vector<web::CodeItem> items) {
        const auto told = answer(shop, code, std::move(items));
        REQUIRE(std::holds_alternative<web::CodeAnswered>(told));
        return std::get<web::CodeAnswered>(told);
    }
    int count(const std::string& what) {
        return demo.read<int>(
            [&](sqlite::Tx& tx) { return tx.value<int>("SELECT count(*) FROM " + what).value_or(-1); });
    }
    std::string fault(const web::CodeAnswer& told) {
        const auto* wrong = std::get_if<std::vector<web::Reason>>(&told);
        return wrong && !wrong->empty() ? wrong->front().field + " " + wrong->front().reason : std::string{};
    }
};

}  // namespace

TEST_CASE("each unknown code is listed once for each shop, with the number of orders that wait for it") {
    Waiting waiting;
    const auto codes = waiting.unknown();
    REQUIRE(codes.size() == 2);
    CHECK(codes[0].shop == ShopId{"HONTEN"});
    CHECK(codes[0].code == "G-22558");
    CHECK(codes[0].orders == 2);
    CHECK(codes[1].shop == ShopId{"RAKUTEN"});
    CHECK(codes[1].orders == 1);
    CHECK(waiting.unknown({ShopId{"RAKUTEN"}}).size() == 1);
}

TEST_CASE(
    "an answer takes every order that waits for it, from files and from the API, and reserves its stock") {
    Waiting waiting;
    const auto told =
        waiting.answered("HONTEN", "g-22558", {{Sku{"G-16156S"}, Qty{2}}, {Sku{"G-16161P"}, Qty{1}}});
    CHECK(told.taken == 2);
    CHECK(told.still_waiting == 0);
    CHECK(waiting.count("order_head WHERE shop = 'HONTEN'") == 2);
    // Each order is for two: four of the one, two of the other.
    CHECK(waiting.count("shipment_line WHERE order_id LIKE 'HONTEN:%' AND sku = 'G-16156S' AND qty = 4") ==
          2);
    CHECK(waiting.count("shipment_line WHERE order_id LIKE 'HONTEN:%' AND sku = 'G-16161P' AND qty = 2") ==
          2);
    CHECK(waiting.count("shipment WHERE shop = 'HONTEN' AND stock <> 'pending'") == 2);
    CHECK(waiting.unknown().size() == 1);
    CHECK(waiting.answered("RAKUTEN", "G-22558", {{Sku{"G-22081"}, Qty{1}}}).taken == 1);
    CHECK(waiting.unknown().empty());
    CHECK(waiting.count("event WHERE kind = 'shop_code_answered'") == 2);
}

TEST_CASE("a code is asked although the oldest order that has it lacks something else too") {
    Waiting waiting;
    auto wrong = small_order("H8", "NEW-1");
    wrong.replace(wrong.find("090-0000-1234"), 13, "");
    CHECK(std::holds_alternative<web::OrderNotAcceptable>(waiting.demo.order(wrong)));
    CHECK(std::holds_alternative<web::OrderNotAcceptable>(waiting.demo.order(small_order("H9", "NEW-1"))));
    const auto unknown = waiting.unknown();
    CHECK(std::any_of(unknown.begin(), unknown.end(), [](const auto& one) { return one.code == "NEW-1"; }));
    CHECK(waiting.answered("HONTEN", "NEW-1", {{Sku{"G-22081"}, Qty{1}}}).taken == 1);
    CHECK(waiting.count("waiting_code") == 3);  // of the three orders for G-22558
}

TEST_CASE("orders that wait since before codes were noted are asked for and healed like the others") {
    Waiting waiting;
    CHECK(waiting.demo.floor->decide_in_transaction(
        [](const Deciding& deciding) { deciding.tx.run("DELETE FROM waiting_code WHERE site = ?", site); }));
    const auto parts = waiting.demo.floor->parts();
    auto database = std::move(waiting.demo.floor->database());
    waiting.demo.floor = std::move(Floor::open(std::move(database), parts)).value();
    CHECK(waiting.unknown().size() == 2);
    CHECK(waiting.answered("HONTEN", "G-22558", {{Sku{"G-22081"}, Qty{1}}}).taken == 2);
}

TEST_CASE("the shop that sends a healed order again hears that it is here") {
    Waiting waiting;
    waiting.answered("HONTEN", "G-22558", {{Sku{"G-22081"}, Qty{1}}});
    CHECK(std::holds_alternative<web::OrderUnchanged>(waiting.demo.order(small_order("H1", "G-22558"))));
}

TEST_CASE("an answer outlives a later import of the table, and the table comes before it") {
    Waiting waiting;
    waiting.answered("HONTEN", "G-22558", {{Sku{"G-22081"}, Qty{1}}});
    waiting.demo.import(web::Table::shop_items, "shop,code,sku,units\nHONTEN,OTHER,G-22081,1\n");
    CHECK(std::holds_alternative<web::OrderTaken>(waiting.demo.order(small_order("H3", "G-22558"))));
    CHECK(waiting.count("shipment_line WHERE order_id = 'HONTEN:H3' AND sku = 'G-22081'") == 1);

    waiting.demo.import(web::Table::shop_items, "shop,code,sku,units\nHONTEN,G-22558,G-16156S,3\n");
    CHECK(std::holds_alternative<web::CodeStandsInTable>(
        waiting.answer("HONTEN", "G-22558", {{Sku{"G-22081"}, Qty{1}}})));
    CHECK(std::holds_alternative<web::OrderTaken>(waiting.demo.order(small_order("H4", "G-22558"))));
    CHECK(waiting.count("shipment_line WHERE order_id = 'HONTEN:H4' AND sku = 'G-16156S' AND qty = 6") == 1);
}

TEST_CASE("a second answer replaces the first, for what comes from then on") {
    Waiting waiting;
    waiting.answered("HONTEN", "G-22558", {{Sku{"G-22081"}, Qty{1}}});
    CHECK(waiting.answered("HONTEN", "G-22558", {{Sku{"G-16156S"}, Qty{1}}}).taken == 0);
    CHECK(std::holds_alternative<web::OrderTaken>(waiting.demo.order(small_order("H3", "G-22558"))));
    CHECK(waiting.count("shipment_line WHERE order_id = 'HONTEN:H3' AND sku = 'G-16156S'") == 1);
    CHECK(waiting.count("shipment_line WHERE order_id = 'HONTEN:H3'") == 1);
}

TEST_CASE("an answer that is no item, a set in a set, or for nobody's shop, is refused and heals nothing") {
    Waiting waiting;
    CHECK(waiting.fault(waiting.answer("HONTEN", "G-22558", {{Sku{"NOBODY"}, Qty{1}}})) ==
          "items[0].sku unknown_item");
    waiting.demo.import(web::Table::shop_items, "shop,code,sku,units\nHONTEN,SET,G-22081,2\n");
    CHECK(waiting.fault(
              waiting.answer("HONTEN", "G-22558", {{Sku{"G-22081"}, Qty{1}}, {Sku{"SET"}, Qty{1}}})) ==
          "items[1].sku nested_set");
    CHECK(std::holds_alternative<web::NoSuchShop>(
        waiting.answer("NOBODY", "G-22558", {{Sku{"G-22081"}, Qty{1}}})));
    CHECK(waiting.count("event WHERE kind = 'shop_code_answered'") == 0);
    CHECK(waiting.unknown().size() == 2);
}

TEST_CASE("a code that is written like an item's is proposed and waits all the same") {
    Waiting waiting;
    waiting.demo.order(small_order("H9", "G22081"));
    const auto codes = waiting.unknown({ShopId{"HONTEN"}});
    REQUIRE(codes.size() == 2);
    REQUIRE(codes[1].proposals.size() == 1);
    CHECK(codes[1].proposals[0].sku == Sku{"G-22081"});
    CHECK(codes[1].proposals[0].because == "sku");
    CHECK_FALSE(codes[1].proposals[0].name.empty());
}

TEST_CASE("a table with a set in a set is refused by its line; a code that is an item too is none") {
    Waiting waiting;
    const auto nested = waiting.demo.import(
        web::Table::shop_items,
        "shop,code,sku,units\nHONTEN,SET,G-22081,2\nHONTEN,BIG,set,2\nRAKUTEN,ONE,SET,1\n");
    REQUIRE(nested.refused.size() == 1);
    CHECK(nested.refused[0].reason == "nested_set");
    CHECK(nested.refused[0].line == 3);
    CHECK(nested.taken == 0);
    const auto both = waiting.demo.import(
        web::Table::shop_items, "shop,code,sku,units\nHONTEN,G-22081,G-22081,6\nHONTEN,BOX,G-22081,1\n");
    CHECK(both.refused.empty());
    waiting.demo.order(small_order("H5", "G-22081", 2));
    waiting.demo.order(small_order("H6", "BOX", 2));
    CHECK(waiting.count("shipment_line WHERE order_id = 'HONTEN:H5' AND qty = 12") == 1);
    CHECK(waiting.count("shipment_line WHERE order_id = 'HONTEN:H6' AND qty = 2") == 1);
}
