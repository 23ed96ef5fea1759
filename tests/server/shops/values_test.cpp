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
