#include "server/plan/shown_name.hpp"

#include <algorithm>

namespace kenpin::plan {
namespace {

constexpr std::size_t longest_name = 255;  // bytes

// Of one character: C0 and C1 controls and DEL, which a terminal obeys, and the marks that let a name be read
// another way than it is written (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069).
bool is_obeyed(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F;
    if (character.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
    if (character.size() != 3 || byte(0) != 0xE2) return false;
    if (byte(1) == 0x80) return byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xAA && byte(2) <= 0xAE);
    return byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
}

}  // namespace

std::size_t character_at(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
    const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    const bool is_overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool is_outside = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
    return is_overlong || is_outside ? 0 : length;
}

std::string shown_name(const std::string& name) {
    std::string shown;
    for (std::string_view rest = name; !rest.empty();) {
        const auto length = std::max<std::size_t>(character_at(rest), 1);
        const auto character = rest.substr(0, length);
        const bool is_plain = character_at(rest) != 0 && !is_obeyed(character);
        if (shown.size() + (is_plain ? length : 1) > longest_name) return shown + "…";
        shown += is_plain ? character : "?";
        rest.remove_prefix(length);
    }
    return shown;
}

}  // namespace kenpin::plan
