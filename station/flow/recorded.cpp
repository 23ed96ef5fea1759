#include "station/flow/recorded.hpp"

#include <algorithm>
#include <string_view>

#include "core/base/limits.hpp"

namespace kenpin::flow {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view code_characters = "0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_telephone(std::string_view text) {
    const auto is_digit = [](char c) { return digits.find(c) != std::string_view::npos; };
    const auto count = std::count_if(text.begin(), text.end(), is_digit);
    const bool is_plain = text.find_first_not_of("0123456789-") == std::string_view::npos;
    return is_plain && text.starts_with('0') && (count == 10 || count == 11);
}

bool looks_like_a_code(std::string_view text) {
    return text.size() <= limits::code_body &&
           text.find_first_not_of(code_characters) == std::string_view::npos &&
           text.find_first_of(digits) != std::string_view::npos && !is_telephone(text);
}

}  // namespace

std::string recorded(const domain::Code& code) {
    const bool is_classified =
        !std::holds_alternative<domain::OtherText>(code) && !std::holds_alternative<domain::Unreadable>(code);
    auto text = domain::shown(code);
    if (is_classified || looks_like_a_code(text)) return text;
    return "?" + std::to_string(text.size());
}

}  // namespace kenpin::flow
