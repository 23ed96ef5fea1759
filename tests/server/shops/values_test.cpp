#include "server/shops/values.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::shops;

TEST_CASE("a number is a number only when all of it is") {
    CHECK(whole_number("12") == 12);
    CHECK(whole_number("-1") == -1);
    for (const char* text : {"", "2個", "1,200", "4.2E+17", " 1", "99999999999999999999"})
        CHECK_FALSE(whole_number(text).has_value());
}

TEST_CASE("shops write times with a space, with slashes, or as ISO 8601") {
    const auto at = parse_instant("2026-11-23T11:57:33+09:00");
    CHECK(shop_instant("2026-11-23 11:57:33") == at);
    CHECK(shop_instant("2026/11/23 11:57:33") == at);
    CHECK(shop_instant("2026-11-23T11:57:33+09:00") == at);
    CHECK_FALSE(shop_instant("yesterday").has_value());
}

TEST_CASE("spaces around a value go, the wide one too, those inside stay") {
    CHECK(trimmed("　 例　太郎 \r\n") == "例　太郎");
    CHECK(trimmed("　").empty());
}

TEST_CASE("what a spreadsheet wrapped is unwrapped; a formula is left alone") {
    CHECK(plain_value("=\"0012\"") == "0012");
    CHECK(plain_value("'0012") == "0012");
    CHECK(plain_value("１２") == "12");
    CHECK(plain_value("\xE2\x80\x8BG-1 ") == "G-1");
    CHECK(plain_value("=HYPERLINK(\"x\",\"y\")").starts_with("=HYPERLINK"));
}

TEST_CASE("a count may be written 2.0, never 1.5, 1e2 or 2個") {
    CHECK(count_number("2.0") == 2);
    for (const char* text : {"1.5", "1e2", "2個", "", ".", "2."}) CHECK_FALSE(count_number(text));
}

TEST_CASE("amounts read in one way only") {
    for (const char* text : {"1200", "1,200", "1200.00", "1200円", "\\1,200"})
        CHECK(yen_number(text) == 1200);
    CHECK(yen_number("1,234,567") == 1'234'567);
    CHECK(yen_number("-300") == -300);
    for (const char* text : {"1,20", "12,00,000", ",200", "1,200,", "abc", "1.5"})
        CHECK_FALSE(yen_number(text).has_value());
}

TEST_CASE("days in every writing, but none that does not exist") {
    const auto day = parse_day("2026-11-28");
    for (const char* text :
         {"2026-11-28", "2026/11/28", "2026/11/28(土)", "20261128", "2026年11月28日", "2026.11.28"})
        CHECK(shop_day(text) == day);
    for (const char* text : {"2026/13/40", "46350", "最短", "", "11/28"})
        CHECK_FALSE(shop_day(text).has_value());
}

TEST_CASE("time bands in every shop's writing; what is none stays unknown") {
    for (const char* text : {"19:00-21:00", "19時~21時", "1921", "19-21", "時間帯指定[19時~21時]"})
        CHECK(shop_slot(text) == "19-21");
    for (const char* text : {"午前中", "08:00-12:00", "時間帯指定[午前中]", "AM", "0812"})
        CHECK(shop_slot(text) == "AM");
    CHECK(shop_slot("22:00-24:00") == "22-24");
    for (const char* text : {"時間帯指定[深夜]", "夜", "2119", "0"}) CHECK_FALSE(shop_slot(text).has_value());
}

TEST_CASE("zeros that a spreadsheet took are put back where that is possible in one way only") {
    CHECK(postcode_of("600042").text == "0600042");
    CHECK(postcode_of("600042").is_repaired);
    CHECK_FALSE(postcode_of("060-0042").is_repaired);
    CHECK(postcode_of("060-0042").text == "0600042");
    CHECK(postcode_of("60042").text == "0060042");  // Sapporo's begin with 00
    CHECK(postcode_of("6004").text == "6004");
    CHECK(phone_of("9000000000").text == "09000000000");
    CHECK(phone_of("300000000").text == "0300000000");
    CHECK(phone_of("+81 90-0000-0000").text == "090-0000-0000");
    CHECK(phone_of("+81-90-0000-0000").text == "090-0000-0000");
    CHECK(phone_of("+81(0)90-0000-0000").text == "090-0000-0000");
    CHECK_FALSE(phone_of("0300000000").is_repaired);
    CHECK(is_spreadsheet_number("4.2E+17"));
    CHECK_FALSE(is_spreadsheet_number("TEL-E+1"));
}

TEST_CASE("a prefecture is known by its name in front of the address and by its number") {
    CHECK(prefecture_in_front("神奈川県横浜市") == "神奈川県");
    CHECK_FALSE(prefecture_in_front("JP-13").has_value());  // a code stands alone, never before a street
    CHECK(prefecture_of_code("JP-13") == "東京都");
    CHECK_FALSE(prefecture_of_code("JP-48").has_value());
    CHECK_FALSE(prefecture_of_code("東京都").has_value());
    CHECK_FALSE(prefecture_in_front("横浜市").has_value());
}

TEST_CASE("a day by the Japanese era is that day; one on another day of the week than it says is none") {
    const auto day = *parse_day("2026-11-30");  // a Monday
    for (const char* text :
         {"令和8年11月30日", "R8.11.30", "令和8年11月30日(月)", "2026/11/30(月曜日)", "2026-11-30 (月)"})
        CHECK_MESSAGE(shop_day(plain_value(text)) == day, std::string(text));
    CHECK(shop_day("令和元年5月1日") == parse_day("2019-05-01"));
    for (const char* text : {"2026/11/30(火)", "令和8年11月31日", "令和", "R.11.30", "平成38年11月30日"})
        CHECK_MESSAGE(!shop_day(plain_value(text)), std::string(text));
}

TEST_CASE("a field that says that nothing is wished is no wish; one that wishes something is") {
    for (const char* text :
         {"指定なし", "時間指定なし", "希望しない", "お届け日の指定:無し", "なし", "-", "ー", "0000-00-00",
          "最短", "未指定", "(指定なし)", "特になし", "配達日時指定なし"})
        CHECK_MESSAGE(wishes_nothing(plain_value(text)), std::string(text));
    for (const char* text : {"午前中", "12-14", "夜間", "なるべく早く", "2026-11-30", "日曜", "25:00",
                             "午前以外", "0", "仏滅なし"})
        CHECK_MESSAGE(!wishes_nothing(plain_value(text)), std::string(text));
}

TEST_CASE(
    "hyphens of every kind part a postcode and a telephone number; a leading zero that stands was not lost") {
    CHECK(postcode_of("650ー0024").text == "6500024");
    CHECK(postcode_of("650—0024").text == "6500024");
    CHECK_FALSE(postcode_of("060004").is_repaired);
    CHECK(postcode_of("060004").text == "060004");
    CHECK(phone_of("090ー0000ー1234").text == "090-0000-1234");
}

TEST_CASE("the words of a payment tell cash on delivery and money that has not come") {
    for (const char* text : {"代金引換", "代引き(現金)", "佐川急便代引", "COD"})
        CHECK_MESSAGE(means_cod(text), std::string(text));
    for (const char* text : {"クレジットカード", "銀行振込", "CODEPAY", "代引不可", "代引き以外"})
        CHECK_MESSAGE(!means_cod(text), std::string(text));
    CHECK(says_unpaid("銀行振込(未入金)"));
    CHECK_FALSE(says_unpaid("銀行振込(入金済)"));
}

TEST_CASE(
    "a day with more behind it than its weekday and a clock is not understood: it may mean the opposite") {
    const auto day = *parse_day("2026-11-28");  // a Saturday
    for (const char* text : {"2026-11-28(土)", "2026-11-28 (土曜日) 10:00", "2026/11/28 0:00",
                             "2026-11-28T00:00:00+09:00", "2026年11月28日(土・祝)"})
        CHECK_MESSAGE(shop_day(plain_value(text)) == day, std::string(text));
    for (const char* text :
         {"2026-11-28 以外", "2026-11-28以外", "2026-11-28(不可)", "2026-11-28(土)以外",
          "2026-11-28(土)～30(月)", "2026-11-28 2026-11-30", "2026年11月28日以外", "2026-11-28 以降"})
        CHECK_MESSAGE(!shop_day(plain_value(text)), std::string(text));
}
