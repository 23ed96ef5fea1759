#pragma once
// Numbers and times as shops write them.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace kenpin::shops {

/// Without white space at both ends (the full-width space too).
std::string trimmed(std::string_view text);
bool is_digits(std::string_view text);
/// "12", "-1"; nothing for "2個", "1,200", "4.2E+17" or what does not fit.
std::optional<std::int64_t> whole_number(std::string_view text);
/// "2026-11-23 11:57:33" and "2026/11/23 11:57", Japan time, or ISO 8601.
std::optional<Instant> shop_instant(std::string_view text);

}  // namespace kenpin::shops
