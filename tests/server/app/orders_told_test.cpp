// What is told of orders that came: reasons that still stand, those that are settled, and what holds an order
// now.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "adaptors/charset/charset.hpp"
#include "tests/server/app/shop_of_files.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

struct Told : ShopOfFiles {
    web::IntakeView only(const std::string& state) {
        const auto all = records(state);
        REQUIRE(all.size() == 1);
        return all.front();
    }
    web::CodeAnswered answer(const std::string& code, const char* sku = "G-22081") {
        const auto told = floor->answer_code({ShopId{"GEN"}, code, "", {{Sku{sku}, Qty{1}}}}, "K7");
        REQUIRE(told);
        REQUIRE(std::holds_alternative<web::CodeAnswered>(told.value()));
        collect();
        return std::get<web::CodeAnswered>(told.value());
    }
    int count(const std::string& what) {
        return read<int>(
            [&](sqlite::Tx& tx) { return tx.value<int>("SELECT count(*) FROM " + what).value_or(-1); });
    }
};

std::string codes(const web::IntakeView& record, bool is_settled) {
    std::string text;
    for (const auto& reason : record.reasons)
        if (reason.is_settled == is_settled) text += (text.empty() ? "" : " ") + reason.code;
    return text;
}

}  // namespace

TEST_CASE("an order that is paid now is told so, counted, and its reason is settled") {
    Told shop;
    shop.bring("P1", {{"paid", "0"}});
    CHECK(shop.only("held").number_in_shop == "P1");
    CHECK(codes(shop.only("held"), false) == "E-UNPAID");
    const auto paid = shop.bring("P1");
    CHECK(paid.unchanged == 1);
    CHECK(paid.released == 1);
    CHECK(paid.records->front().reasons.back().code == "W-PAID");
    CHECK(shop.records("held").empty());
    CHECK(codes(shop.only("taken"), true) == "E-UNPAID");
    CHECK(shop.count("order_file WHERE unchanged = 1 AND released = 1") == 1);
    CHECK(shop.bring("P1", {{"remark", " "}}).released == 0);
}

TEST_CASE("an order with a code that is answered and another fault stands anew with what is left") {
    Told shop;
    shop.bring("W1", {{"sku", "BOX"}, {"postcode", "12"}});
    shop.bring("W2", {{"sku", "TIN"}});
    CHECK(codes(shop.records("open").back(), false) == "E-POSTCODE E-SKU");
    const auto answered = shop.answer("BOX");
    CHECK(answered.taken == 0);
    CHECK(answered.wrong == 1);
    CHECK(answered.still_waiting == 1);
    const auto open = shop.records("open");
    REQUIRE(open.size() == 2);
    CHECK(codes(open.front(), false) == "E-POSTCODE W-SKU-ALIAS");
    CHECK(codes(shop.only("superseded"), true) == "E-POSTCODE E-SKU");
    shop.answer("TIN");
    CHECK(shop.records("open").size() == 1);
}

TEST_CASE(
    "an order of two unknown codes is taken with the second answer, however often its file came between") {
    Told shop;
    const auto file = [&](const std::string& end) {
        std::string header, first, second;
        for (const auto& [column, value] : shop.cells("W3", {{"sku", "BOX"}})) {
            header += (header.empty() ? "" : ",") + column;
            first += (first.empty() ? "" : ",") + value;
            second += (second.empty() ? "" : ",") + (column == "sku" ? std::string("TIN") : value);
        }
        return header + "\n" + first + "\n" + second + "\n" + end;
    };
    shop.import(web::Table::orders, file(""), ShopId{"GEN"});
    CHECK(shop.answer("BOX").still_waiting == 1);
    shop.import(web::Table::orders, file("\n"), ShopId{"GEN"});
    CHECK(shop.records("open").size() == 1);
    CHECK(shop.answer("TIN").taken == 1);
    CHECK(shop.records("open").empty());
    CHECK(shop.shipments("W3").size() == 1);
}

TEST_CASE("a newer version that cannot be taken keeps the one that waits for a code from leaving unseen") {
    Told shop;
    shop.bring("R1", {{"sku", "BOX"}});
    shop.bring("R1", {{"qty", "2個半"}});
    shop.answer("BOX");
    CHECK(is_only(shop.holds("R1"), domain::HoldReason::to_confirm));
    CHECK(codes(shop.only("open"), false) == "E-DUP-CONFLICT E-QTY");
}

TEST_CASE("an order that is corrected back to what it was before waits on, and is lost from no list") {
    Told shop;
    shop.bring("A1", {{"postcode", "12"}});
    const auto correct = [&](const std::string& from, const std::string& to) {
        const auto record = shop.only("open").record;
        auto text = shop.floor->open_original({}, record, "K0007").value().front().text.reveal();
        text.replace(text.find("," + from + ","), from.size() + 2, "," + to + ",");
        web::IntakeAction action{
            .kind = Kind::retake, .record = record, .reason = "asked_shop", .by = "K0007"};
        action.corrections = {{0, 1, Private<std::string>(text)}};
        REQUIRE(shop.floor->act_on_intake({}, action));
    };
    correct("12", "13");
    correct("13", "12");
    CHECK(codes(shop.only("open"), false).starts_with("E-POSTCODE"));
    correct("12", "1000001");
    CHECK(shop.records("open").empty());
    CHECK(shop.shipments("A1").size() == 1);
}

TEST_CASE("what a person released stays released when another version is decided against") {
    Told shop;
    shop.bring("L1", {{"remark", "キャンセルしてください"}, {"paid", "0"}});
    CHECK(shop.act(Kind::release, shop.only("held").record) == "released");
    shop.bring("L1", {{"remark", "キャンセルしてください"}, {"paid", "0"}, {"qty", "2"}});
    CHECK(shop.act(Kind::keep, shop.open_record("E-DUP-CONFLICT")) == "kept");
    CHECK(is_only(shop.holds("L1"), domain::HoldReason::unpaid));
    CHECK(codes(shop.only("held"), false) == "E-UNPAID");  // nobody's word brings the money
    CHECK(codes(shop.only("held"), true) == "W-REMARK E-REMARK");
}

TEST_CASE("an order that came cancelled is not taken from a file of before, until a person says so") {
    Told shop;
    shop.bring("X1", {{"cancelled", "1"}});
    CHECK(codes(shop.only("closed"), true) == "E-CANCELLED");
    CHECK(shop.bring("X1").taken == 0);
    CHECK(shop.shipments("X1").empty());
    const auto record = shop.open_record("E-DUP-CONFLICT");
    shop.bring("X1", {{"cancelled", "1"}, {"remark", ""}});
    CHECK(shop.records("open").empty());  // cancelled once more
    shop.bring("X1");
    CHECK(shop.records("open").size() <= 1);
    CHECK(record != 0);
}

TEST_CASE("an order that came cancelled and is sent again by its shop is taken when a person says so") {
    Told shop;
    shop.bring("X2", {{"cancelled", "1"}});
    shop.bring("X2");
    CHECK(shop.act(Kind::replace, shop.open_record("E-DUP-CONFLICT")) == "accept");
    CHECK(shop.shipments("X2").size() == 1);
    CHECK(shop.bring("X2", {{"buyer_name", "検品 試"}}).unchanged == 1);
}

TEST_CASE("an order that gave way to another version leaves no hold behind") {
    Told shop;
    shop.bring("G1");
    shop.bring("G1", {{"qty", "2"}});
    CHECK(shop.act(Kind::replace, shop.open_record("E-DUP-CONFLICT")) == "accept");
    CHECK(shop.only("taken").holds.empty());
    CHECK(shop.records("held").empty());
}

TEST_CASE("what a person kept the order against, or released, asks for nothing any more") {
    Told shop;
    shop.bring("K1", {{"remark", "キャンセルしてください"}});
    CHECK(codes(shop.only("held"), false) == "W-REMARK E-REMARK");
    CHECK(shop.act(Kind::release, shop.only("held").record) == "released");
    CHECK(codes(shop.only("taken"), true) == "W-REMARK E-REMARK");
    CHECK(shop.only("taken").holds.empty());
    shop.bring("K1", {{"remark", "キャンセルしてください"}, {"qty", "2"}});
    CHECK(
        is_only(shop.only("held").holds, domain::HoldReason::to_confirm));  // its own reasons do not say why
    CHECK(shop.act(Kind::keep, shop.open_record("E-DUP-CONFLICT")) == "kept");
    CHECK(codes(shop.only("closed"), true) == "E-DUP-CONFLICT W-REMARK");
    CHECK(shop.records("held").empty());
}

TEST_CASE("another version that cannot be taken stops the standing order until a person has looked") {
    Told shop;
    shop.bring("V1");
    shop.bring("V1", {{"qty", "2個半"}});
    const auto record = shop.only("open");
    CHECK(record.outcome == "reject");
    CHECK(codes(record, false) == "E-DUP-CONFLICT E-QTY");
    CHECK(is_only(shop.holds("V1"), domain::HoldReason::to_confirm));
    CHECK(shop.act(Kind::replace, record.record) == "refused");  // it cannot be taken
    CHECK(is_only(shop.holds("V1"), domain::HoldReason::to_confirm));
    CHECK(shop.act(Kind::keep, record.record) == "kept");
    CHECK(shop.holds("V1").empty());
    CHECK(shop.bring("V1", {{"qty", "2個半"}}).unchanged == 1);  // it was decided
    CHECK(shop.holds("V1").empty());
}

TEST_CASE("a damaged line of an order that stands says that it stands, and stops nothing") {
    Told shop;
    shop.bring("D1");
    shop.bring("D1", {{"remark", "\x01"}});
    CHECK(codes(shop.only("open"), false) == "E-CONTROL W-STANDS W-REMARK");
    CHECK(shop.holds("D1").empty());
    CHECK(shop.act(Kind::drop, shop.only("open").record) == "dropped");
}

TEST_CASE("of a line that is cut off nothing is told but that") {
    Told shop;
    auto file = std::string("order_no,ordered_at,sku,qty,unit_price,name,postcode,prefecture,city,address\n");
    file += "T1,2026-11-23 10:00,G-220";
    const auto answer = shop.import(web::Table::orders, file, ShopId{"GEN"});
    REQUIRE(answer.records->size() == 1);
    REQUIRE(answer.records->front().reasons.size() == 1);
    CHECK(answer.records->front().reasons.front().code == "E-TRUNCATED");
}

TEST_CASE("a refused order waits once, whether its file comes in UTF-8 or in CP932") {
    Told shop;
    std::string header, row;
    for (const auto& [column, value] : shop.cells("E1", {{"postcode", "12"}})) {
        header += (header.empty() ? "" : ",") + column;
        row += (row.empty() ? "" : ",") + value;
    }
    const auto file = header + "\n" + row + "\n";
    shop.import(web::Table::orders, file, ShopId{"GEN"});
    shop.import(web::Table::orders, charset::cp932_from_utf8(file).value(), ShopId{"GEN"});
    CHECK(shop.records("open").size() == 1);
}

TEST_CASE("a file with a header and no orders is told to be empty, and is no fault") {
    Told shop;
    const auto answer = shop.import(
        web::Table::orders, "order_no,ordered_at,sku,qty,unit_price,name,postcode,prefecture,city,address\n",
        ShopId{"GEN"});
    CHECK(answer.refused.empty());
    CHECK(answer.notes == std::vector<std::string>{"no_orders"});
    REQUIRE(answer.records->size() == 1);
    CHECK(answer.records->front().reasons.front().code == "W-NO-ORDERS");
}

TEST_CASE("of what a file did not bring in, what waits is counted apart from what was rejected") {
    Told shop;
    shop.bring("F1", {{"sku", "BOX"}});
    shop.bring("F2", {{"postcode", "12"}});
    CHECK(shop.count("order_file WHERE refused = 1 AND held = 1") == 1);
    CHECK(shop.count("order_file WHERE refused = 1 AND held = 0") == 1);
}
