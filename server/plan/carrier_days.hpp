#pragma once
// How many days a carrier takes from one prefecture to another (assets/carriers/days.tsv). The table is a
// site's own to fill in; a row says from when to when it holds and where it comes from.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/plan/carrier_limits.hpp"
#include "server/plan/ship_day.hpp"

namespace kenpin::plan {

struct CarrierDaysRow {
    CarrierId carrier;     // "*": any
    std::string from, to;  // prefectures as written in addresses; "*": any
    int days = 1;          // 0..
    Validity validity{};
    std::string source;
};
using CarrierDaysTable = std::vector<CarrierDaysRow>;

/// Errors: corrupt (which record): a cell is missing, days are no number 0 to 30, a row has no source, or no
/// row holds for everybody.
Result<CarrierDaysTable> read_carrier_days(std::string_view tsv);

struct CarrierFrom {
    CarrierId carrier;
    std::string prefecture;  // of the site; empty: not said, then only rows from anywhere count
    Day day;                 // on which it leaves
};
/// What the table says for parcels of this carrier from there. Of several rows that fit, one that names the
/// addressee's prefecture counts before one that names the site's, and that before one that names the
/// carrier.
CarrierDays days_from(const CarrierDaysTable& table, const CarrierFrom& from);

}  // namespace kenpin::plan
