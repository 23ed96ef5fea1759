#include "core/base/time.hpp"

#include <doctest/doctest.h>

using namespace kenpin;

TEST_CASE("an instant is written in Japanese time and read back the same") {
    const auto at = parse_instant("2026-11-24T08:00:00+09:00");
    REQUIRE(at);
    CHECK(to_text(*at) == "2026-11-24T08:00:00.000+09:00");
    CHECK(parse_instant(to_text(*at)) == at);
    CHECK(parse_instant("2026-11-23T23:00:00Z") == at);
    CHECK(parse_instant("2026-11-24 08:00") == at);  // shops write Japanese time without saying so
}

TEST_CASE("the day in Japan turns at midnight in Japan") {
    CHECK(to_text(japan_day(*parse_instant("2026-11-23T14:59:59Z"))) == "2026-11-23");
    CHECK(to_text(japan_day(*parse_instant("2026-11-23T15:00:00Z"))) == "2026-11-24");
}

TEST_CASE("a day that does not exist is not a day") {
    CHECK(parse_day("2026-11-30"));
    CHECK(parse_day("2026/8/1"));
    CHECK_FALSE(parse_day("2026-11-31"));
    CHECK_FALSE(parse_day("2026-13-01"));
    CHECK_FALSE(parse_day("2026-11/30"));
    CHECK_FALSE(parse_day("2026-11-30 "));
    CHECK_FALSE(parse_day(""));
}

TEST_CASE("an instant with a broken tail is refused, not cut") {
    CHECK_FALSE(parse_instant("2026-11-24T08:00:00+9"));
    CHECK_FALSE(parse_instant("2026-11-24T25:00:00Z"));
    CHECK_FALSE(parse_instant("2026-11-24T08:00:00."));
    CHECK_FALSE(parse_instant("2026-11-24"));
}
