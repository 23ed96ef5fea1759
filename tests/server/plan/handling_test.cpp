#include "server/plan/handling.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/server/plan/handling_assets.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

ReceivedOrder plain_order() {
    ReceivedOrder order;
    order.ship_to.resize(1);
    order.ship_to[0].prefecture = Written("東京都");
    order.written.shipping_method = Written("宅配便");
    order.payment = "card";
    return order;
}

std::set<std::string> flags_of(const ReceivedOrder& order, const GoodsFacts& goods = {{"ambient"}}) {
    return handling_of(order, goods, test::handling_words(), test::nfkc).flags;
}

using Flags = std::set<std::string>;

}  // namespace

TEST_CASE("a plain order needs nothing special") {
    CHECK(flags_of(plain_order()).empty());
}

TEST_CASE("fields of the order raise their flags") {
    auto order = plain_order();
    order.wished_slot = "14-16";
    order.wished_day = parse_day("2026-11-28");
    order.payment = "cod";
    order.is_gift = true;
    order.noshi.kind = Written("無地のし");
    order.wants_slip = false;
    CHECK(flags_of(order) == Flags{"SLOT", "DATE", "COD", "GIFT", "NOSHI", "NO_SLIP"});
}

TEST_CASE("a time band that nobody knows is a wish all the same, a field that says none is not") {
    auto order = plain_order();
    for (const auto* none : {"", "0", "指定なし", "なし"}) {
        order.written.slot = Written(none);
        CHECK(flags_of(order).empty());
    }
    for (const auto* slot : {"22:00-24:00", "時間帯指定[深夜]", "1416"}) {
        order.written.slot = Written(slot);
        CHECK(flags_of(order) == Flags{"SLOT"});
    }
}

TEST_CASE("a noshi field that says no is no noshi") {
    auto order = plain_order();
    for (const auto* no : {"なし", "不要", "希望しない"}) {
        order.noshi.kind = Written(no);
        order.wrapping = Written(no);
        CHECK(flags_of(order).empty());
    }
}

TEST_CASE("several addressees and Okinawa show") {
    auto order = plain_order();
    order.ship_to.push_back(order.ship_to[0]);
    order.ship_to[1].prefecture = Written("沖縄県");
    CHECK(flags_of(order) == Flags{"MULTI_DEST", "OKINAWA"});
}

TEST_CASE("chilled goods make a cool parcel; frozen ones go with nothing else") {
    CHECK(flags_of(plain_order(), {{"ambient", "chilled"}}) == Flags{"COOL"});
    CHECK(flags_of(plain_order(), {{"frozen"}}) == Flags{"COOL"});
    CHECK(flags_of(plain_order(), {{"frozen", "ambient"}}) == Flags{"COOL", "TEMP_MIX"});
    CHECK(flags_of(plain_order(), {{"frozen", "chilled"}}) == Flags{"COOL", "TEMP_MIX"});
}

TEST_CASE("where the shop names no service, small goods go by the mail-box service") {
    auto order = plain_order();
    const GoodsFacts small{{"ambient"}, true};
    CHECK(flags_of(order, small).empty());  // the shop says 宅配便
    order.written.shipping_method = Written("");
    CHECK(flags_of(order, small) == Flags{"MAIL"});
    order.wished_slot = "AM";
    CHECK(flags_of(order, small) == Flags{"SLOT"});  // no slot in a mail-box
    order.written.shipping_method = Written("メール便");
    CHECK(flags_of(order) == Flags{"MAIL", "SLOT"});
}

TEST_CASE("every text is read, and the reason names its column") {
    auto order = plain_order();
    order.texts = {{"コメント", Voice::buyer, Written("置き配でお願いします")},
                   {"作業者欄", Voice::shop, Written("のし:快気祝")},
                   {"Note Attributes", Voice::form, Written("配送希望日: 2026-11-29 着")}};
    const auto handling = handling_of(order, {}, test::handling_words(), test::nfkc);
    CHECK(handling.flags == Flags{"OKIHAI", "NOSHI"});
    CHECK(handling.reasons ==
          std::vector<HandlingReason>{{"OKIHAI", "コメント", "置き配"}, {"NOSHI", "作業者欄", "のし"}});
    CHECK_FALSE(handling.needs_reading);
}

TEST_CASE("a wish that no rule knows is left to a reader") {
    auto order = plain_order();
    order.texts = {{"コメント", Voice::buyer, Written("色を赤に替えてください")}};
    CHECK(handling_of(order, {}, test::handling_words(), test::nfkc).needs_reading);
}

TEST_CASE("every flag of the rules is explained in both languages") {
    const auto texts = read_flag_texts(test::asset("handling/flags.tsv"));
    REQUIRE(texts);
    const auto is_explained = [&](const std::string& flag) {
        return std::any_of(texts.value().begin(), texts.value().end(), [&](const FlagText& text) {
            return text.flag == flag && !text.ja.empty() && !text.en.empty() && !text.do_ja.empty() &&
                   !text.do_en.empty();
        });
    };
    for (const auto& row : test::handling_words().rows) {
        INFO(row.flag);
        CHECK((row.flag == "-" || row.flag == asks_for_a_person || is_explained(row.flag)));
    }
    for (const auto* flag : {"SLOT", "DATE", "OKINAWA", "TEMP_MIX"}) CHECK(is_explained(flag));
    CHECK_FALSE(read_flag_texts("flag\tja\nSLOT\t時間帯"));
}
