#include "printers/layout/words.hpp"

#include <doctest/doctest.h>

using namespace kenpin;

TEST_CASE("days and money stand as Japanese papers write them") {
    const auto day = *parse_day("2026-11-26");
    CHECK(layout::month_and_day(day) == "11月26日(木)");
    CHECK(layout::full_date(day) == "2026年11月26日");
    CHECK(layout::yen({0}) == "¥0");
    CHECK(layout::yen({999}) == "¥999");
    CHECK(layout::yen({1'234'567}) == "¥1,234,567");
    CHECK(layout::yen({-1'000}) == "-¥1,000");
}
