// Orders that come again: with other content, paid, cancelled, corrected, decided about.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "server/app/intake_desk.hpp"
#include "server/app/views.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/planning.hpp"
#include "server/store/shipments.hpp"
#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

using Kind = web::IntakeAction::Kind;
using Cells = std::map<std::string, std::string>;
const SiteId site{"TOKYO1"};

// A shop whose system writes the generic CSV, one file at a time.
struct ShopOfFiles : DemoFloor {
    ShopOfFiles() {
        import_masters();
        hello(DeviceId{"H1"}, "picker");
        hello(DeviceId{"B1"}, "packer");
        auto shops = demo_file("shops.csv");
        shops +=
            "GEN,OWN1,ギフト店,generic,on_demand,yamato,,demo-key-of-gen,ギフト店,1000001,東京都,千代田区,"
            "千代田1-"
            "1,,03-0000-0000,T0000000000000\n";
        import(web::Table::shops, shops);
    }
    Cells cells(const std::string& number, const Cells& changed = {}) const {
        Cells all{{"order_no", number},
                  {"ordered_at", "2026-11-23 10:00"},
                  {"sku", "G-22081"},
                  {"qty", "1"},
                  {"unit_price", "160"},
                  {"name", "検品 試"},
                  {"postcode", "1000001"},
                  {"prefecture", "東京都"},
                  {"city", "千代田区"},
                  {"address", "千代田1-1"},
                  {"remark", ""},
                  {"paid", "1"},
                  {"cancelled", ""},
                  {"phone", "090-0000-1234"},
                  {"buyer_phone", "090-0000-1234"},
                  {"buyer_name", "検品 試"},
                  {"buyer_postcode", "1000001"},
                  {"buyer_prefecture", "東京都"},
                  {"buyer_address", "千代田区千代田1-1"}};
        for (const auto& [column, value] : changed) all[column] = value;
        return all;
    }
    web::ImportAnswer bring(const std::string& number, const Cells& changed = {}) {
        std::string header, row;
        for (const auto& [column, value] : cells(number, changed)) {
            header += (header.empty() ? "" : ",") + column;
            row += (row.empty() ? "" : ",") + value;
        }
        const auto answer = import(web::Table::orders, header + "\n" + row + "\n", ShopId{"GEN"});
        return answer;
    }
    void know(const std::string& sku) {
        const auto all = demo_file("items.csv");
        import(web::Table::items, all + sku + ",,新商品,New,雑貨,ambient,10,10,10,10,100,10,0,0,UCI,\n");
    }

    std::vector<web::IntakeView> records(const std::string& state) {
        return read<web::IntakePage>(
                   [&](sqlite::Tx& tx) { return intake_page(tx, site, &demo_rules(), {}, {.state = state}); })
            .records;
    }
    std::int64_t open_record(const std::string& code) {
        for (const auto& record : records("open"))
            for (const auto& reason : record.reasons)
                if (reason.code == code) return record.record;
        return 0;
    }
    std::string act(Kind kind, std::int64_t record, const std::string& reason = "asked_shop") {
        const auto done =
            floor->act_on_intake({}, {.kind = kind, .record = record, .reason = reason, .by = "K0007"});
        collect();
        return done ? done.value().outcome : "refused";
    }
    std::vector<web::ShipmentView> shipments(const std::string& number) {
        return read<std::vector<web::ShipmentView>>(
            [&](sqlite::Tx& tx) -> Result<std::vector<web::ShipmentView>> {
                std::vector<web::ShipmentView> all;
                for (const auto& id : store::shipments_of_order(tx, site, OrderId{"GEN:" + number}))
                    all.push_back(shipment_view(tx, site, {}, id).value());
                return all;
            });
    }
    std::set<domain::HoldReason> holds(const std::string& number) {
        const auto all = shipments(number);
        REQUIRE_FALSE_MESSAGE(all.empty(), number);
        return all.back().states.holds;
    }
    std::int64_t pieces(const std::string& number) {
        return read<std::int64_t>([&](sqlite::Tx& tx) {
            return tx
                .value<std::int64_t>("SELECT coalesce(sum(qty), 0) FROM order_line WHERE order_id = ?",
                                     "GEN:" + number)
                .value_or(0);
        });
    }
};

bool is_only(const std::set<domain::HoldReason>& holds, domain::HoldReason reason) {
    return holds == std::set{reason};
}

}  // namespace

TEST_CASE("an order that its shop cancels while it waits for a code is not taken when the code is known") {
    ShopOfFiles shop;
    shop.bring("C1", {{"sku", "G-NEW"}});
    REQUIRE(shop.open_record("E-SKU") != 0);
    shop.bring("C1", {{"sku", "G-NEW"}, {"cancelled", "1"}});
    CHECK(shop.records("open").empty());
    shop.know("G-NEW");
    CHECK(shop.shipments("C1").empty());
}

TEST_CASE("a cancellation in a file is the same request as one over the API") {
    ShopOfFiles shop;
    shop.bring("C2");
    shop.bring("C3");
    shop.bring("C2", {{"cancelled", "1"}});
    REQUIRE(shop.shipments("C2").size() == 1);
    CHECK(shop.shipments("C2").front().states.work == domain::WorkState::cancelled);
    REQUIRE_FALSE(shop.start().lists.empty());
    shop.bring("C3", {{"cancelled", "1"}});
    const auto shipment = shop.shipments("C3").front().shipment;
    const auto answer =
        shop.read<std::string>([&](sqlite::Tx& tx) { return store::cancel_answer(tx, site, shipment); });
    CHECK(answer == "stopped");
}

TEST_CASE("an order that comes again uncancelled after its cancellation is a question for a person") {
    ShopOfFiles shop;
    shop.bring("C4");
    shop.bring("C4", {{"cancelled", "1"}});
    shop.bring("C4");
    const auto record = shop.open_record("E-DUP-CONFLICT");
    REQUIRE(record != 0);
    CHECK(shop.act(Kind::replace, record) == "accept");
    CHECK(shop.shipments("C4").back().states.work == domain::WorkState::waiting);
}

TEST_CASE("a call that is repeated after somebody else cancelled its order changes nothing") {
    ShopOfFiles shop;
    shop.order(small_order("R1"));
    REQUIRE(shop.floor->cancel_order({}, OrderId{"HONTEN:R1"}, "K0007"));
    CHECK(std::holds_alternative<web::OrderUnchanged>(shop.order(small_order("R1"))));
    CHECK(shop.records("open").empty());
}

TEST_CASE("an order that is cancelled leaves no question about another content of it") {
    ShopOfFiles shop;
    shop.bring("C11");
    shop.bring("C11", {{"qty", "2"}});
    REQUIRE(shop.open_record("E-DUP-CONFLICT") != 0);
    REQUIRE(shop.floor->cancel_order({}, OrderId{"GEN:C11"}, "K0007"));
    CHECK(shop.records("open").empty());
    CHECK(shop.shipments("C11").back().states.work == domain::WorkState::cancelled);
}

TEST_CASE("of two versions that wait for a code, a person chooses before anything of them leaves") {
    ShopOfFiles shop;
    shop.bring("C5", {{"sku", "G-NEW"}});
    shop.bring("C5", {{"sku", "G-NEW"}, {"qty", "5"}});
    shop.know("G-NEW");
    CHECK(is_only(shop.holds("C5"), domain::HoldReason::to_confirm));
    const auto newer = shop.open_record("E-DUP-CONFLICT");
    REQUIRE(newer != 0);
    CHECK(shop.act(Kind::replace, newer) == "accept");
    CHECK(shop.holds("C5").empty());
    CHECK(shop.pieces("C5") == 5);
}

TEST_CASE("of two versions that wait for a code, the later one may be kept alone") {
    ShopOfFiles shop;
    shop.bring("C6", {{"sku", "G-NEW"}});
    shop.bring("C6", {{"sku", "G-NEW"}, {"qty", "5"}});
    CHECK(shop.act(Kind::drop, shop.records("open").back().record, "cancelled") == "dropped");
    shop.know("G-NEW");
    CHECK(shop.act(Kind::replace, shop.open_record("E-DUP-CONFLICT")) == "accept");
    CHECK(shop.pieces("C6") == 5);
}

TEST_CASE("keeping the standing order lifts the hold of the conflict, not what its remark holds") {
    ShopOfFiles shop;
    shop.bring("C7", {{"remark", "キャンセルしてください"}});
    REQUIRE(is_only(shop.holds("C7"), domain::HoldReason::to_confirm));
    shop.bring("C7", {{"remark", "キャンセルしてください"}, {"qty", "2"}});
    CHECK(shop.act(Kind::keep, shop.open_record("E-DUP-CONFLICT")) == "kept");
    CHECK(is_only(shop.holds("C7"), domain::HoldReason::to_confirm));
}

TEST_CASE("a corrected order is the same when its file comes again, and its money is heard of") {
    ShopOfFiles shop;
    shop.bring("C8", {{"postcode", "12"}, {"paid", "0"}});
    const auto record = shop.records("open").front().record;
    const auto original = shop.floor->open_original({}, record, "K0007");
    REQUIRE(original);
    auto text = original.value().front().text.reveal();
    const auto wrong = text.find(",12,");
    REQUIRE(wrong != std::string::npos);
    text.replace(wrong, 4, ",1000001,");
    web::IntakeAction correct{.kind = Kind::retake, .record = record, .reason = "asked_shop", .by = "K0007"};
    correct.corrections = {{0, 1, Private<std::string>(text)}};
    REQUIRE(shop.floor->act_on_intake({}, correct));
    CHECK(is_only(shop.holds("C8"), domain::HoldReason::unpaid));
    const auto again = shop.bring("C8", {{"postcode", "12"}});
    CHECK(again.unchanged == 1);
    CHECK(shop.records("open").empty());
    CHECK(shop.holds("C8").empty());
}

TEST_CASE("taking one of two other contents leaves the other one to be decided") {
    ShopOfFiles shop;
    shop.bring("C9");
    shop.bring("C9", {{"qty", "2"}, {"remark", "=1+1"}});
    shop.bring("C9", {{"qty", "3"}, {"remark", "=1+1"}});
    const auto open = shop.records("open");
    REQUIRE(open.size() == 2);
    CHECK(shop.act(Kind::replace, open.front().record) != "refused");
    CHECK(shop.records("open").size() == 1);
}

TEST_CASE("what was kept against or set aside is known in whatever form it comes again") {
    ShopOfFiles shop;
    auto indented = [](std::string json) { return json.replace(0, 1, "{ \n  "); };
    shop.order(small_order("J1", "G-NEW"));
    CHECK(shop.act(Kind::drop, shop.open_record("E-SKU"), "not_ours") == "dropped");
    shop.know("G-NEW");
    CHECK_FALSE(std::holds_alternative<web::OrderTaken>(shop.order(indented(small_order("J1", "G-NEW")))));
    shop.order(small_order("J2"));
    auto other = small_order("J2", "G-16156S");
    shop.order(other);
    CHECK(shop.act(Kind::keep, shop.open_record("E-DUP-CONFLICT")) == "kept");
    shop.order(indented(other));
    CHECK(shop.records("open").empty());
}

TEST_CASE("an order of next year has a wrong date, and waits for a person") {
    ShopOfFiles shop;
    shop.bring("C10", {{"ordered_at", "2027-11-23 10:00"}});
    CHECK(is_only(shop.holds("C10"), domain::HoldReason::to_confirm));
}

TEST_CASE("what a buyer wrote into the options of a code is answered, known again, and kept nowhere") {
    ShopOfFiles shop;
    shop.bring("N1", {{"sku", "BOX"}, {"options", "名入れ:試験太郎"}});
    shop.bring("N2", {{"sku", "BOX"}, {"options", "名入れ:試験次郎"}});
    const auto told =
        shop.floor->answer_code({ShopId{"GEN"}, "BOX", "名入れ:試験太郎", {{Sku{"G-22081"}, Qty{1}}}}, "K7");
    REQUIRE(told);
    REQUIRE(std::holds_alternative<web::CodeAnswered>(told.value()));
    CHECK(std::get<web::CodeAnswered>(told.value()).taken == 1);  // of these options, no others
    CHECK(shop.shipments("N1").size() == 1);
    CHECK(shop.shipments("N2").empty());
    const auto found = shop.read<std::int64_t>([](sqlite::Tx& tx) {
        return tx
            .value<std::int64_t>(
                "SELECT (SELECT count(*) FROM event WHERE payload LIKE '%試験太郎%') + "
                "(SELECT count(*) FROM shop_code_answer WHERE options LIKE '%試験%')")
            .value_or(-1);
    });
    CHECK(found == 0);
}
