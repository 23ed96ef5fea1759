#include "printers/encode/fields.hpp"

#include <algorithm>
#include <charconv>

namespace kenpin::encode {

std::vector<std::string_view> split(std::string_view line, char separator) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto end = line.find(separator);
        out.push_back(line.substr(0, end));
        if (end == std::string_view::npos) return out;
        line.remove_prefix(end + 1);
    }
}

std::optional<int> whole_number(std::string_view text) {
    const bool is_digits = !text.empty() && text.size() <= 9 &&
                           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_digits) return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string padded(int number, std::size_t width) {
    auto text = std::to_string(number);
    return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

}  // namespace kenpin::encode
