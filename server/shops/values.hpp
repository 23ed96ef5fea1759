#pragma once
// Numbers, times, postcodes and telephone numbers as shops write them, and as spreadsheets leave them behind.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace kenpin::shops {

/// Without white space at both ends (the full-width space too).
std::string trimmed(std::string_view text);
bool is_digits(std::string_view text);
/// NFKC, without blanks around it, characters of no width, and a spreadsheet's wrapping (="0012", '0012).
std::string plain_value(std::string_view text);

/// "12", "-1"; nothing for "2個", "1,200", "4.2E+17" or what does not fit.
std::optional<std::int64_t> whole_number(std::string_view text);
/// "12" and "12.0" (a spreadsheet's way); nothing else.
std::optional<std::int64_t> count_number(std::string_view text);
/// "1200", "1200.00", "1,200", "¥1,200", "1200円": each reads in one way only.
std::optional<std::int64_t> yen_number(std::string_view text);

/// "2026-11-23 11:57:33", "2026/11/23 9:05", Japan time; ISO 8601; "2026-11-23 12:17:43 +0900"; "20261123
/// 115733".
std::optional<Instant> shop_instant(std::string_view text);
/// "2026-11-28", "2026/11/28(土)", "2026年11月28日", "令和8年11月28日", "R8.11.28", "20261128"; nothing for a
/// day that does not exist, or is another day of the week than it says.
std::optional<Day> shop_day(std::string_view text);
/// "19:00-21:00", "19時~21時", "1921", "19-21", "時間帯指定[19時~21時]" as "19-21"; "午前中", "08:00-12:00"
/// as "AM". Nothing when it says no time band. `text` is a plain_value().
std::optional<std::string> shop_slot(std::string_view text);

/// The field of a form says that nothing is wished: "指定なし", "希望しない", "-", "0000-00-00"; for a day
/// "最短" too.
bool wishes_nothing(std::string_view text);

/// Money is collected at the door: "代引き", "代金引換", "COD". For shops whose format does not list its
/// words.
bool means_cod(std::string_view text);
/// It names no way to pay ("#REF!", "null"), or leaves open whether money is collected ("現金", "着払い").
bool says_no_payment(std::string_view text);
/// "銀行振込(未入金)": the words of the payment say that the money has not come.
bool says_unpaid(std::string_view text);

/// What a spreadsheet made of a long number: "4.2E+17".
bool is_spreadsheet_number(std::string_view text);

/// A value that was read, and whether something had to be put back for it.
struct Repaired {
    std::string text;
    bool is_repaired = false;
};
/// Seven digits when that is what `text` is, with lost leading zeros put back (whether that fits the
/// address is judged later); else as written.
Repaired postcode_of(std::string_view text);
/// "+81 90-0000-0000" as "090-0000-0000", a lost leading zero put back; else as written.
Repaired phone_of(std::string_view text);

/// One of the 47, by its name at the beginning of `text`; nothing: none of them.
std::optional<std::string> prefecture_in_front(std::string_view text);
/// One of the 47, by its ISO 3166-2 code "JP-13"; nothing: none of them.
std::optional<std::string> prefecture_of_code(std::string_view code);

}  // namespace kenpin::shops
