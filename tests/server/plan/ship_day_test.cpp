#include "server/plan/ship_day.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

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

namespace {

// 2026-11-24 is a Tuesday.
OrderTimes ordered(const std::string& at, const std::string& now = "2026-11-24T08:00+09:00") {
    return {*parse_instant(at), *parse_instant(now), {}, 1};
}
ShipDay on(const std::string& day, const std::string& reason) {
    return {*parse_day(day), reason, true};
}

}  // namespace

TEST_CASE("an order leaves today until the shop's cut-off, from then on tomorrow") {
    ShopCalendar calendar;
    calendar.cut_off = std::chrono::hours{13};
    const auto now = "2026-11-24T15:00+09:00";
    CHECK(ship_day(ordered("2026-11-24T12:59:59+09:00", now), calendar) == on("2026-11-24", "today"));
    CHECK(ship_day(ordered("2026-11-24T13:00+09:00", now), calendar) == on("2026-11-25", "after_cut_off"));
    CHECK(ship_day(ordered("2026-11-23T20:00+09:00", now), calendar) == on("2026-11-24", "today"));
    CHECK(ship_day(ordered("2026-11-24T15:00+09:00", now), {}) == on("2026-11-24", "today"));
}

TEST_CASE("a buyer may cancel before the order leaves") {
    ShopCalendar calendar;
    calendar.cooling = std::chrono::hours{12};
    CHECK(ship_day(ordered("2026-11-24T13:00+09:00"), calendar) == on("2026-11-25", "cooling"));
    CHECK(ship_day(ordered("2026-11-23T13:00+09:00"), calendar) == on("2026-11-24", "today"));
}

TEST_CASE("a closed shop sends on its next open day") {
    ShopCalendar calendar;
    calendar.closed_weekdays = {0, 6};
    calendar.closed_days = {*parse_day("2026-11-24"), *parse_day("2026-11-30")};
    CHECK(ship_day(ordered("2026-11-23T10:00+09:00"), calendar) == on("2026-11-25", "closed_day"));
    const auto saturday = "2026-11-28T08:00+09:00";
    CHECK(ship_day(ordered(saturday, saturday), calendar) == on("2026-12-01", "closed_day"));
}

TEST_CASE("a wished day is met from the last open day that is early enough") {
    ShopCalendar calendar;
    calendar.closed_weekdays = {0, 6};
    auto times = ordered("2026-11-23T10:00+09:00");
    times.wished = parse_day("2026-11-30");  // a Monday: Sunday and Saturday are closed
    CHECK(ship_day(times, calendar) == on("2026-11-27", "wished_day"));
    times.wished = parse_day("2026-11-24");
    CHECK(ship_day(times, calendar) == ShipDay{*parse_day("2026-11-24"), "wished_day_too_near", false});
}

TEST_CASE("a shop that never opens does not keep an order for ever") {
    ShopCalendar calendar;
    calendar.closed_weekdays = {0, 1, 2, 3, 4, 5, 6};
    CHECK(ship_day(ordered("2026-11-23T10:00+09:00"), calendar) == on("2026-11-24", "today"));
}

TEST_CASE("a ship day is never before today and never too late for a wish that it says to keep") {
    test::holds("ship days are possible", [](unsigned minutes, unsigned wish, unsigned closed) {
        auto times = ordered("2026-11-22T00:00+09:00");
        times.ordered_at += std::chrono::minutes{minutes % 4000};
        if (wish % 2 == 0) times.wished = today + std::chrono::days{static_cast<int>(wish % 20) - 3};
        ShopCalendar calendar;
        calendar.cut_off = std::chrono::hours{13};
        calendar.closed_weekdays = {closed % 7, closed % 5};
        const auto day = ship_day(times, calendar);
        if (day.day < today || !is_open(calendar, day.day)) return false;
        return !times.wished || !day.arrives_in_time || day.day + std::chrono::days{1} <= *times.wished;
    });
}
