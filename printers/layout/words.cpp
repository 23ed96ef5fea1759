#include "printers/layout/words.hpp"

#include <array>
#include <chrono>

namespace kenpin::layout {

std::string month_and_day(Day day) {
    static constexpr std::array<const char*, 7> weekdays{"日", "月", "火", "水", "木", "金", "土"};
    const std::chrono::year_month_day date(day);
    const std::chrono::weekday weekday(day);
    return std::to_string(unsigned(date.month())) + "月" + std::to_string(unsigned(date.day())) + "日(" +
           weekdays[weekday.c_encoding()] + ")";
}

std::string full_date(Day day) {
    const std::chrono::year_month_day date(day);
    return std::to_string(int(date.year())) + "年" + std::to_string(unsigned(date.month())) + "月" +
           std::to_string(unsigned(date.day())) + "日";
}

std::string with_commas(std::int64_t number) {
    auto digits = std::to_string(number < 0 ? -number : number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return (number < 0 ? "-" : "") + digits;
}

std::string yen(Yen amount) {
    const auto text = with_commas(amount.value);
    return amount.value < 0 ? "-¥" + text.substr(1) : "¥" + text;
}

}  // namespace kenpin::layout
