#pragma once
// Ship date (出荷予定日): the wished day minus the carrier's days to that place, else the first day on which
// the shop still sends what was ordered now: order time against its cut-off (締め時間), its cooling time
// (猶予時間) and its calendar. Every ship date has its reason.
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/base/time.hpp"

namespace kenpin::plan {

/// Days from hand-over to the door, by prefecture as written in addresses (東京都 …). From carrier_days.hpp.
struct CarrierDays {
    std::map<std::string, int> by_prefecture;
    int elsewhere = 1;
};
int days_to(const CarrierDays& days, const std::string& prefecture);

struct ShipDay {
    Day day;
    std::string reason;           // "today" | "wished_day" | "wished_day_too_near" | "cooling" | …
    bool arrives_in_time = true;  // false: the wish cannot be kept, a person decides
    bool operator==(const ShipDay&) const = default;
};
/// When a shop sends. Nothing set: every day, around the clock.
struct ShopCalendar {
    std::optional<std::chrono::minutes>
        cut_off;                         // of the day in Japan: ordered at it or later leaves a day later
    std::chrono::minutes cooling{0};     // the buyer may cancel so long after ordering
    std::set<unsigned> closed_weekdays;  // 0 Sunday .. 6 Saturday
    std::set<Day> closed_days;
};
bool is_open(const ShopCalendar& calendar, Day day);

/// "15:00" as minutes of the day; nothing: no time of a day.
std::optional<int> minute_of_day(const std::string& text);
/// "土日", "sat sun" as days of the week; nothing: a word that is none.
std::optional<std::set<unsigned>> weekdays(const std::string& text);

struct OrderTimes {
    Instant ordered_at;
    Instant now;
    std::optional<Day> wished;
    int carrier_days = 1;  // to the addressee, 0..
};
/// Reasons beside those above: "after_cut_off" | "closed_day". What the buyer may still cancel leaves as if
/// it had been ordered when that time is over. A wished day is met from the last open day that is early
/// enough. A shop that is closed for a whole year sends on the day itself: nobody may wait for ever.
ShipDay ship_day(const OrderTimes& times, const ShopCalendar& calendar);

}  // namespace kenpin::plan
