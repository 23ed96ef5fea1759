#include "server/shops/values.hpp"

#include <algorithm>
#include <charconv>

namespace kenpin::shops {

std::string trimmed(std::string_view text) {
    constexpr std::string_view wide_space = "\xE3\x80\x80";
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty()) {
        if (is_space(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(wide_space))
            text.remove_prefix(wide_space.size());
        else if (is_space(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(wide_space))
            text.remove_suffix(wide_space.size());
        else
            break;
    }
    return std::string(text);
}

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

std::optional<Instant> shop_instant(std::string_view text) {
    std::string iso(text);
    std::replace(iso.begin(), iso.end(), '/', '-');
    if (const auto space = iso.find(' '); space != std::string::npos) iso[space] = 'T';
    return parse_instant(iso);
}

}  // namespace kenpin::shops
