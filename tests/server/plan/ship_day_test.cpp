#include "server/plan/ship_day.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {
const Day today = *parse_day("2026-11-24");
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

ShipDay wished(const std::string& day, int carrier_days) {
    auto times = ordered("2026-11-23T10:00+09:00");
    times.wished = parse_day(day);
    times.carrier_days = carrier_days;
    return ship_day(times, {});
}

}  // namespace

TEST_CASE("an order without a wish leaves today") {
    CHECK(ship_day(ordered("2026-11-23T10:00+09:00"), {}) == on("2026-11-24", "today"));
}

TEST_CASE("a wished day is met by leaving the carrier's days before it") {
    CHECK(wished("2026-11-28", 1) == on("2026-11-27", "wished_day"));
    CHECK(wished("2026-11-28", 2) == on("2026-11-26", "wished_day"));
}

TEST_CASE("a wish for tomorrow is due today") {
    CHECK(wished("2026-11-25", 1) == on("2026-11-24", "wished_day"));
}

TEST_CASE("a wish that no carrier can keep any more says so") {
    const ShipDay too_near{today, "wished_day_too_near", false};
    CHECK(wished("2026-11-24", 1) == too_near);
    CHECK(wished("2026-11-25", 2) == too_near);
    CHECK(wished("2026-11-20", 1) == too_near);
}

TEST_CASE("what may be cancelled until after the cut-off leaves a day later, and says why") {
    ShopCalendar calendar;
    calendar.cut_off = std::chrono::hours{13};
    calendar.cooling = std::chrono::minutes{30};
    CHECK(ship_day(ordered("2026-11-24T12:29+09:00"), calendar) == on("2026-11-24", "today"));
    CHECK(ship_day(ordered("2026-11-24T12:30+09:00"), calendar) == on("2026-11-25", "cooling"));
    CHECK(ship_day(ordered("2026-11-24T13:00+09:00"), calendar) == on("2026-11-25", "after_cut_off"));
    calendar.cooling = std::chrono::hours{24};
    CHECK(ship_day(ordered("2026-11-24T13:00+09:00"), calendar) == on("2026-11-26", "cooling"));
}

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

TEST_CASE("a time of the day and days of the week are read as people write them, and nothing else is") {
    CHECK(minute_of_day("15:00") == 900);
    CHECK(minute_of_day("9:05") == 545);
    CHECK(minute_of_day("23:59") == 1439);
    for (const char* text : {"", "15", "24:00", "15:60", "15:0", "15:00:00", "-1:00", " 9:00", "１５:00"})
        CHECK_MESSAGE(!minute_of_day(text), text);
    CHECK(weekdays("") == std::set<unsigned>{});
    CHECK(weekdays("土日") == std::set<unsigned>{0, 6});
    CHECK(weekdays("sat, sun 水") == std::set<unsigned>{0, 3, 6});
    for (const char* text : {"0 6", "Sat", "holiday", "土曜"}) CHECK_MESSAGE(!weekdays(text), text);
}
