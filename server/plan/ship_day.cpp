#include "server/plan/ship_day.hpp"

namespace kenpin::plan {
namespace {

constexpr int days_looked_ahead = 366;

std::chrono::minutes time_of_day(Instant at) {
    const auto local = at + japan_offset;
    return std::chrono::duration_cast<std::chrono::minutes>(local -
                                                            std::chrono::floor<std::chrono::days>(local));
}

// The first day as far as the order's own time says.
ShipDay first_day(const OrderTimes& times, const ShopCalendar& calendar) {
    const auto today = japan_day(times.now);
    const auto free_at = times.ordered_at + calendar.cooling;
    if (japan_day(free_at) > today) return {japan_day(free_at), "cooling", true};
    const bool is_late = calendar.cut_off && japan_day(times.ordered_at) >= today &&
                         time_of_day(times.ordered_at) >= *calendar.cut_off;
    if (is_late) return {today + std::chrono::days{1}, "after_cut_off", true};
    return {today, "today", true};
}

ShipDay first_open_day(const ShipDay& first, const ShopCalendar& calendar) {
    for (int ahead = 0; ahead < days_looked_ahead; ++ahead) {
        const auto day = first.day + std::chrono::days{ahead};
        if (is_open(calendar, day)) return {day, ahead == 0 ? first.reason : "closed_day", true};
    }
    return first;
}

}  // namespace

int days_to(const CarrierDays& days, const std::string& prefecture) {
    const auto found = days.by_prefecture.find(prefecture);
    return found == days.by_prefecture.end() ? days.elsewhere : found->second;
}

ShipDay ship_day(std::optional<Day> wished, Day today, int days) {
    if (!wished) return {today, "today", true};
    const Day latest = *wished - std::chrono::days{days};
    if (latest < today) return {today, "wished_day_too_near", false};
    return {latest, "wished_day", true};
}

bool is_open(const ShopCalendar& calendar, Day day) {
    return !calendar.closed_days.contains(day) &&
           !calendar.closed_weekdays.contains(std::chrono::weekday{day}.c_encoding());
}

ShipDay ship_day(const OrderTimes& times, const ShopCalendar& calendar) {
    const auto first = first_open_day(first_day(times, calendar), calendar);
    if (!times.wished) return first;
    auto latest = *times.wished - std::chrono::days{times.carrier_days};
    while (latest > first.day && !is_open(calendar, latest)) latest -= std::chrono::days{1};
    if (latest < first.day) return {first.day, "wished_day_too_near", false};
    return {latest, "wished_day", true};
}

}  // namespace kenpin::plan
