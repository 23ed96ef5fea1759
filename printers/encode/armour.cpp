#include "printers/encode/armour.hpp"

#include <array>

namespace kenpin::encode {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex = "0123456789ABCDEF";

std::array<int, 256> values() {
    std::array<int, 256> out{};
    out.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        out[static_cast<unsigned char>(alphabet[i])] = static_cast<int>(i);
    return out;
}

std::array<std::uint16_t, 256> crc_steps() {
    std::array<std::uint16_t, 256> out{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        unsigned crc = byte << 8U;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000U) != 0 ? (crc << 1U) ^ 0x1021U : crc << 1U;
        out[byte] = static_cast<std::uint16_t>(crc);
    }
    return out;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4, '=');
    auto* to = out.data();
    for (std::size_t at = 0; at < bytes.size(); at += 3, to += 4) {
        const auto byte = [&](std::size_t i) {
            return at + i < bytes.size()
                       ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i]))
                       : 0U;
        };
        const std::uint32_t three = byte(0) << 16U | byte(1) << 8U | byte(2);
        to[0] = alphabet[three >> 18U & 63U];
        to[1] = alphabet[three >> 12U & 63U];
        if (at + 1 < bytes.size()) to[2] = alphabet[three >> 6U & 63U];
        if (at + 2 < bytes.size()) to[3] = alphabet[three & 63U];
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    static const auto value = values();
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const int six = value[static_cast<unsigned char>(c)];
        if (six < 0) return std::nullopt;
        bits = (bits << 6U | static_cast<std::uint32_t>(six)) & 0xFFFFFFU;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>(bits >> held & 0xFFU);
    }
    return out;
}

std::uint16_t crc16_xmodem(std::string_view bytes) {
    static const auto steps = crc_steps();
    unsigned crc = 0;
    for (const char c : bytes)
        crc = (crc << 8U & 0xFFFFU) ^ steps[(crc >> 8U ^ static_cast<unsigned char>(c)) & 0xFFU];
    return static_cast<std::uint16_t>(crc);
}

std::string to_hex4(std::uint16_t number) {
    std::string out;
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += hex[static_cast<unsigned>(number) >> shift & 15U];
    return out;
}

}  // namespace kenpin::encode
