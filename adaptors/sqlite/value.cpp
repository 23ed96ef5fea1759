#include "adaptors/sqlite/value.hpp"

namespace kenpin::sqlite {
namespace {

constexpr char digits[] = "0123456789abcdef";

int digit_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += digits[byte >> 4U];
        hex += digits[byte & 0x0fU];
    }
    return hex;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = digit_value(hex[i]);
        const int low = digit_value(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::optional<Bytes> Stored<Bytes>::from_value(const Value& value) {
    const auto* hex = std::get_if<std::string>(&value);
    if (hex == nullptr) return std::nullopt;
    auto bytes = from_hex(*hex);
    if (!bytes) return std::nullopt;
    return Bytes{std::move(*bytes)};
}

std::optional<Instant> Stored<Instant>::from_value(const Value& value) {
    const auto* ms = std::get_if<std::int64_t>(&value);
    if (ms == nullptr) return std::nullopt;
    return from_ms(*ms);
}

std::optional<Day> Stored<Day>::from_value(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::nullopt : parse_day(*text);
}

}  // namespace kenpin::sqlite
