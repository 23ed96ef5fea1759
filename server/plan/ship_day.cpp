#include "server/plan/ship_day.hpp"

namespace kenpin::plan {

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

}  // namespace kenpin::plan
