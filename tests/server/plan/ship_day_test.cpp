#include "server/plan/ship_day.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::plan;

namespace {
const Day today = *parse_day("2026-11-24");
}

TEST_CASE("an order without a wish leaves today") {
    CHECK(ship_day({}, today, 1) == ShipDay{today, "today", true});
}

TEST_CASE("a wished day is met by leaving the carrier's days before it") {
    CHECK(ship_day(parse_day("2026-11-28"), today, 1) ==
          ShipDay{*parse_day("2026-11-27"), "wished_day", true});
    CHECK(ship_day(parse_day("2026-11-28"), today, 2).day == *parse_day("2026-11-26"));
}

TEST_CASE("a wish for tomorrow is due today") {
    CHECK(ship_day(parse_day("2026-11-25"), today, 1) == ShipDay{today, "wished_day", true});
}

TEST_CASE("a wish that no carrier can keep any more says so") {
    CHECK_FALSE(ship_day(parse_day("2026-11-24"), today, 1).arrives_in_time);
    CHECK_FALSE(ship_day(parse_day("2026-11-25"), today, 2).arrives_in_time);
    CHECK(ship_day(parse_day("2026-11-20"), today, 1).day == today);
}

TEST_CASE("days of the carrier are looked up by prefecture") {
    const CarrierDays days{{{"北海道", 2}, {"沖縄県", 3}}, 1};
    CHECK(days_to(days, "北海道") == 2);
    CHECK(days_to(days, "東京都") == 1);
}
