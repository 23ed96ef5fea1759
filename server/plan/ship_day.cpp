#include "server/plan/ship_day.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kenpin::plan {
namespace {

constexpr int days_looked_ahead = 366;

using WeekdayName = std::pair<unsigned, std::string_view>;
constexpr std::array<WeekdayName, 14> weekday_names = {{{0, "日"},
                                                        {1, "月"},
                                                        {2, "火"},
                                                        {3, "水"},
                                                        {4, "木"},
                                                        {5, "金"},
                                                        {6, "土"},
                                                        {0, "sun"},
                                                        {1, "mon"},
                                                        {2, "tue"},
                                                        {3, "wed"},
                                                        {4, "thu"},
                                                        {5, "fri"},
                                                        {6, "sat"}}};

// One or two digits.
std::optional<int> number(const std::string& text) {
    if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::stoi(text);
}

std::chrono::minutes time_of_day(Instant at) {
    const auto local = at + japan_offset;
    return std::chrono::duration_cast<std::chrono::minutes>(local -
                                                            std::chrono::floor<std::chrono::days>(local));
}

// The first day for what is ready at that time: from the cut-off on, the next one.
Day leaves_on(Instant ready_at, Day today, const ShopCalendar& calendar) {
    const auto ready_on = japan_day(ready_at);
    if (ready_on < today) return today;
    const bool is_late = calendar.cut_off && time_of_day(ready_at) >= *calendar.cut_off;
    return is_late ? ready_on + std::chrono::days{1} : ready_on;
}

// The first day as far as the order's own time says.
ShipDay first_day(const OrderTimes& times, const ShopCalendar& calendar) {
    const auto today = japan_day(times.now);
    const auto as_ordered = leaves_on(times.ordered_at, today, calendar);
    const auto day = leaves_on(times.ordered_at + calendar.cooling, today, calendar);
    if (day == today) return {day, "today", true};
    return {day, day == as_ordered ? "after_cut_off" : "cooling", true};
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

bool is_open(const ShopCalendar& calendar, Day day) {
    return !calendar.closed_days.contains(day) &&
           !calendar.closed_weekdays.contains(std::chrono::weekday{day}.c_encoding());
}

std::optional<int> minute_of_day(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto hour = number(text.substr(0, colon)), minute = number(text.substr(colon + 1));
    const bool is_one = hour && minute && text.size() - colon == 3 && *hour < 24 && *minute < 60;
    return is_one ? std::optional(*hour * 60 + *minute) : std::nullopt;
}

std::optional<std::set<unsigned>> weekdays(const std::string& text) {
    std::set<unsigned> days;
    for (std::string_view rest = text; !rest.empty();) {
        const auto found = std::find_if(weekday_names.begin(), weekday_names.end(),
                                        [&](const auto& named) { return rest.starts_with(named.second); });
        const bool is_gap = rest.front() == ' ' || rest.front() == ',';
        if (!is_gap && found == weekday_names.end()) return std::nullopt;
        if (!is_gap) days.insert(found->first);
        rest.remove_prefix(is_gap ? 1 : found->second.size());
    }
    return days;
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
