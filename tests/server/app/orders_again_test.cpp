// Orders that come again: with other content, paid, cancelled, corrected, decided about.
#include <string>

#include <doctest/doctest.h>

#include "server/store/exceptions.hpp"
#include "server/store/planning.hpp"
#include "tests/server/app/shop_of_files.hpp"

using namespace kenpin;
using namespace kenpin::app;

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
