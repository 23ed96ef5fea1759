#include "server/web/http.hpp"

#include <optional>
#include <string_view>

namespace kenpin::web {
namespace {

std::optional<unsigned> base64_digit(char c) {
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto at = digits.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(at);
}

std::optional<std::string> from_base64(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        const auto digit = base64_digit(c);
        if (!digit) return std::nullopt;
        held = ((held << 6U) | *digit) & 0xFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>((held >> static_cast<unsigned>(bits)) & 0xFFU);
    }
    return out;
}

Credentials parse_basic(std::string_view encoded) {
    const auto plain = from_base64(encoded);
    if (!plain) return {};
    const auto colon = plain->find(':');
    if (colon == std::string::npos) return {};
    return {.user = plain->substr(0, colon), .secret = plain->substr(colon + 1), .is_basic = true};
}

}  // namespace

std::string Request::value(const std::string& name) const {
    if (const auto part = path_values.find(name); part != path_values.end()) return part->second;
    const auto found = query.find(name);
    return found == query.end() ? std::string{} : found->second;
}

Credentials parse_authorization(const std::string& header) {
    const std::string_view text = header;
    if (text.starts_with("Bearer "))
        return {.user = {}, .secret = std::string(text.substr(7)), .is_basic = false};
    if (text.starts_with("Basic ")) return parse_basic(text.substr(6));
    return {};
}

}  // namespace kenpin::web
