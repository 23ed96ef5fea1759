#include "core/base/time.hpp"

#include <charconv>
#include <cstdio>

namespace kenpin {
namespace {

using std::chrono::local_days;
using std::chrono::year_month_day;

// Reads a number of min..max digits at the front of `text` and removes it.
std::optional<int> take_number(std::string_view& text, std::size_t min_digits, std::size_t max_digits) {
    std::size_t n = 0;
    while (n < text.size() && n < max_digits && text[n] >= '0' && text[n] <= '9') ++n;
    if (n < min_digits) return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + n, value);
    text.remove_prefix(n);
    return value;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Day> take_day(std::string_view& text) {
    const auto year = take_number(text, 4, 4);
    if (!year || text.empty()) return std::nullopt;
    const char separator = text.front();
    if (separator != '-' && separator != '/') return std::nullopt;
    text.remove_prefix(1);
    const auto month = take_number(text, 1, 2);
    if (!month || !take(text, separator)) return std::nullopt;
    const auto day = take_number(text, 1, 2);
    if (!day) return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                              std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return local_days{date};
}

std::optional<Millis> take_fraction(std::string_view& text) {
    if (!take(text, '.')) return Millis{0};
    int ms = 0;
    int digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 3) ms = ms * 10 + (text.front() - '0');
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 3; ++digits) ms *= 10;
    return Millis{ms};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (text.empty()) return std::chrono::minutes{japan_offset};
    if (take(text, 'Z')) return std::chrono::minutes{0};
    const bool west = text.front() == '-';
    if (!west && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    const auto hours = take_number(text, 2, 2);
    (void)take(text, ':');  // both +09:00 and +0900 are met
    const auto minutes = take_number(text, 2, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset{*hours * 60 + *minutes};
    return west ? -offset : offset;
}

}  // namespace

Day japan_day(Instant at) {
    const std::chrono::local_time<Millis> local{at.time_since_epoch() + japan_offset};
    return std::chrono::floor<std::chrono::days>(local);
}

std::string to_text(Day day) {
    const year_month_day date{day};
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string to_text(Instant at) {
    const std::chrono::local_time<Millis> local{at.time_since_epoch() + japan_offset};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::hh_mm_ss clock{local - day};
    char text[32];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03d+09:00", static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                  static_cast<int>(clock.subseconds().count()));
    return to_text(day) + text;
}

std::optional<Day> parse_day(std::string_view text) {
    const auto day = take_day(text);
    if (!text.empty()) return std::nullopt;
    return day;
}

std::optional<Instant> parse_instant(std::string_view text) {
    const auto day = take_day(text);
    if (!day || (!take(text, 'T') && !take(text, ' '))) return std::nullopt;
    const auto hour = take_number(text, 2, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const auto minute = take_number(text, 2, 2);
    if (!minute || *minute > 59) return std::nullopt;
    int second = 0;
    if (take(text, ':')) {
        const auto read = take_number(text, 2, 2);
        if (!read || *read > 59) return std::nullopt;
        second = *read;
    }
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    const auto local = Millis{day->time_since_epoch()} + std::chrono::hours{*hour} +
                       std::chrono::minutes{*minute} + std::chrono::seconds{second} + *fraction;
    return Instant{local - *offset};
}

}  // namespace kenpin
