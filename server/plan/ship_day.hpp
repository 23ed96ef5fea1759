#pragma once
// Ship date (出荷予定日): the wished day minus the carrier's days to that place, else today. Every ship date
// has its reason. Order cut-off, calendars and mall promises come beside it later, as further reasons.
#include <map>
#include <optional>
#include <string>

#include "core/base/time.hpp"

namespace kenpin::plan {

/// Days from hand-over to the door, by prefecture as written in addresses (東京都 …).
struct CarrierDays {
    std::map<std::string, int> by_prefecture;
    int elsewhere = 1;
};
int days_to(const CarrierDays& days, const std::string& prefecture);

struct ShipDay {
    Day day;
    std::string reason;           // "today" | "wished_day" | "wished_day_too_near"
    bool arrives_in_time = true;  // false: the wish cannot be kept, a person decides
    bool operator==(const ShipDay&) const = default;
};
ShipDay ship_day(std::optional<Day> wished, Day today, int days);

}  // namespace kenpin::plan
