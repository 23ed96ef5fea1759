#include "core/protocol/base64.hpp"

#include <cstdint>

namespace kenpin::protocol {
namespace {

constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text.push_back(i <= group.size() ? base64_letters[bits >> (18 - 6 * i) & 63U] : '=');
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const auto letters = text.substr(0, text.find('='));
    if (text.size() - letters.size() > 2) return std::nullopt;
    if (text.substr(letters.size()).find_first_not_of('=') != std::string_view::npos) return std::nullopt;
    std::string bytes;
    std::uint32_t bits = 0;
    int filled = 0;
    for (const char c : letters) {
        const auto value = base64_letters.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
        filled += 6;
        if (filled < 8) continue;
        filled -= 8;
        bytes.push_back(static_cast<char>(bits >> filled & 0xFFU));
    }
    return bytes;
}

}  // namespace kenpin::protocol
