#pragma once
// Figures as Japanese papers write them. Pure.
#include <cstdint>
#include <string>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::layout {

/// "11月26日(木)".
std::string month_and_day(Day day);
/// "2026年11月26日".
std::string full_date(Day day);
/// "12,345", "-1,000".
std::string with_commas(std::int64_t number);
/// "¥12,345", "-¥1,000".
std::string yen(Yen amount);

}  // namespace kenpin::layout
