#include "server/plan/handling_findings.hpp"

#include <doctest/doctest.h>

#include "tests/server/plan/handling_assets.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const FloorRules& rules() {
    static const FloorRules all = [] {
        FloorRules read;
        read.words = test::handling_words();
        auto forms = read_kanji_forms(test::asset("handling/kanji.tsv"));
        auto postcodes =
            Postcodes::read("1000001\t東京都\t千代田区\n9000001\t沖縄県\t那覇市\n0600000\t北海道\t札幌市\n");
        auto carriers =
            read_carrier_tables({test::asset("carriers/services.tsv"), test::asset("carriers/slots.tsv"),
                                 test::asset("carriers/cool.tsv")});
        REQUIRE(forms);
        REQUIRE(postcodes);
        REQUIRE(carriers);
        read.matching = {test::nfkc, forms.value()};
        read.postcodes = std::move(postcodes).value();
        read.texts.cp932 = [](const std::string& text) -> std::optional<std::string> {
            auto bytes = charset::cp932_from_utf8(text);
            return bytes ? std::optional(std::move(bytes).value()) : std::nullopt;
        };
        read.texts.forms = std::move(forms).value();
        read.carriers = std::move(carriers).value();
        return read;
    }();
    return all;
}

ReceivedOrder order_to(const std::string& postcode, const std::string& prefecture) {
    ReceivedOrder order;
    order.ship_to.push_back({Written("瀬戸 紀之"), Written(postcode), Written(prefecture), Written("市"),
                             Written("町1-2"), Written(""), Written("07007014994")});
    order.written.shipping_method = Written("宅配便");
    order.payment = "card";
    order.ordered_at = *parse_instant("2026-11-23T10:00:00+09:00");
    return order;
}

OrderFindings find(const ReceivedOrder& order, const std::vector<GoodsLine>& goods = {{}}) {
    return findings_of(order, goods, rules(), {{}, *parse_day("2026-11-24")});
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("an order whose buyer asks to cancel or change it stops for a person, without a flag of its own") {
    auto order = order_to("1000001", "東京都");
    order.texts = {{"remark", Voice::buyer, Written("キャンセルしてください")}};
    CHECK(find(order).doubts == Codes{"E-REMARK"});
    CHECK(find(order).handling.flags.empty());
    order.texts = {{"remark", Voice::buyer, Written("在庫がない場合はキャンセルしてください")}};
    CHECK(find(order).doubts.empty());
}

TEST_CASE("a plain order has no findings and may travel with every carrier") {
    const auto findings = find(order_to("1000001", "東京都"));
    CHECK(findings.doubts.empty());
    CHECK(findings.notes.empty());
    CHECK(findings.handling.flags.empty());
    CHECK(findings.carriages.size() >= 3);
}

TEST_CASE("an order is held for a day that is past, a band that nobody has and a postcode of elsewhere") {
    auto order = order_to("900-0001", "東京都");
    order.wished_day = parse_day("2026-11-03");
    order.wished_slot = "深夜";
    CHECK(find(order).doubts == Codes{"E-DATE", "E-SLOT", "W-ADDR-MISMATCH"});
    CHECK(find(order).carriages.empty());
}

TEST_CASE("what a person should know is noted and does not stop the order") {
    auto order = order_to("600000", "北海道");
    order.ship_to[0].name = Written("𠮷田");
    order.remark = Written("=1+1");
    order.texts = {{"備考", Voice::buyer, Written("色は赤で")}};
    const auto findings = find(order);
    CHECK(findings.doubts.empty());
    CHECK(findings.notes == Codes{"W-ZIP-ZERO", "W-NONCP932", "W-FORMULA", "W-REMARK"});
    REQUIRE(findings.texts.size() == 2);
    CHECK(findings.texts[0].proposal.reveal() == "吉田");
}

TEST_CASE("COD by mail-box is held, and so is COD above the limit") {
    auto order = order_to("1000001", "東京都");
    order.payment = "cod";
    order.cod = Yen{300'001};
    CHECK(find(order).doubts == Codes{"E-COD-LIMIT"});
    order.cod = Yen{1'000};
    CHECK(find(order).doubts.empty());
    order.written.shipping_method = Written("ネコポス");
    CHECK(find(order).doubts == Codes{"E-COD-METHOD"});
}

TEST_CASE("a buyer's wish for the letter box does not stop a parcel with a time band") {
    auto order = order_to("1000001", "東京都");
    order.wished_slot = "AM";
    order.texts = {{"備考", Voice::buyer, Written("メール便でお願いします")}};
    const auto findings = find(order);
    CHECK(findings.handling.flags == std::set<std::string>{"MAIL", "SLOT"});
    CHECK(findings.doubts.empty());
}

TEST_CASE("frozen goods do not go by mail-box") {
    auto order = order_to("1000001", "東京都");
    order.written.shipping_method = Written("メール便");
    CHECK(find(order, {{"frozen", {}}}).doubts == Codes{"E-METHOD-COOL"});
}
