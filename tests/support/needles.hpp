#pragma once
// Looks for many texts in large files at once, in every dress in which a program might have written them:
// UTF-8, CP932, UTF-16, base64, hexadecimal, JSON's \u escapes.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adaptors/charset/charset.hpp"

namespace kenpin::test {

class Needles {
public:
    /// In all of its dresses. Shorter than 8 bytes: not looked for.
    void add(const std::string& text) {
        const auto bytes = charset::cp932_from_utf8(text);
        for (const auto& one : {text, bytes ? bytes.value() : std::string{}}) {
            put(one);
            put(hexadecimal(one, "0123456789abcdef"));
            put(hexadecimal(one, "0123456789ABCDEF"));
            for (std::size_t before = 0; before < 3; ++before) put(base64_inside(one, before));
        }
        const auto units = utf16(text);
        std::string little, big, escaped;
        for (const auto unit : units) {
            const char high = static_cast<char>(unit >> 8U), low = static_cast<char>(unit & 0xFFU);
            little += {low, high};
            big += {high, low};
            std::array<char, 8> buffer{};
            std::snprintf(buffer.data(), buffer.size(), "\\u%04x", static_cast<unsigned>(unit));
            escaped += unit < 0x80 ? std::string(1, low) : std::string(buffer.data());
        }
        for (const auto& one : {little, big, escaped}) put(one);
    }

    std::size_t size() const { return count_; }

    /// How many times any of them stands in `hay`.
    int found_in(std::string_view hay) const {
        int found = 0;
        for (std::size_t at = 0; at + front_bytes <= hay.size(); ++at) {
            const auto front = front_of(hay.substr(at));
            if (!may_hold_[slot_of(front)]) continue;
            const auto [from, to] = by_front_.equal_range(front);
            for (auto one = from; one != to; ++one)
                if (hay.substr(at).starts_with(one->second)) ++found;
        }
        return found;
    }

private:
    static constexpr std::size_t front_bytes = 8, slots = 1U << 20U;

    static std::uint64_t front_of(std::string_view bytes) {
        std::uint64_t front = 0;
        std::memcpy(&front, bytes.data(), front_bytes);
        return front;
    }
    static std::size_t slot_of(std::uint64_t front) { return (front * 0x9E3779B97F4A7C15ULL) >> 44U; }

    void put(const std::string& bytes) {
        if (bytes.size() < front_bytes) return;
        ++count_;
        may_hold_[slot_of(front_of(bytes))] = true;
        by_front_.emplace(front_of(bytes), bytes);
    }
    static std::string hexadecimal(const std::string& bytes, const char* digits) {
        std::string text;
        for (const char c : bytes) {
            const auto byte = static_cast<unsigned char>(c);
            text += {digits[byte >> 4U], digits[byte & 15U]};
        }
        return text;
    }
    // What base64 makes of it when `before` bytes of another text stand in front of it in its group of three:
    // only the characters that are made of its own bits alone.
    static std::string base64_inside(const std::string& bytes, std::size_t before) {
        constexpr std::string_view letters =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const auto all = std::string(before, '\0') + bytes;
        std::string text;
        for (std::size_t bit = 0; bit + 6 <= all.size() * 8; bit += 6) {
            const auto at = bit / 8;
            const unsigned high = static_cast<unsigned char>(all[at]);
            const unsigned low = at + 1 < all.size() ? static_cast<unsigned char>(all[at + 1]) : 0U;
            if (bit >= before * 8) text += letters[(high << 8U | low) >> (10U - bit % 8) & 63U];
        }
        return text;
    }
    static std::u16string utf16(const std::string& text) {
        std::u16string units;
        for (std::size_t i = 0; i < text.size();) {
            const auto byte = static_cast<unsigned char>(text[i++]);
            char32_t point = byte < 0x80   ? byte
                             : byte < 0xE0 ? byte & 0x1FU
                             : byte < 0xF0 ? byte & 0x0FU
                                           : byte & 0x07U;
            while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U)
                point = point << 6U | (static_cast<unsigned char>(text[i++]) & 0x3FU);
            if (point < 0x10000)
                units += static_cast<char16_t>(point);
            else
                units += {static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10U)),
                          static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FFU))};
        }
        return units;
    }

    std::unordered_multimap<std::uint64_t, std::string> by_front_;
    std::vector<bool> may_hold_ = std::vector<bool>(slots);
    std::size_t count_ = 0;
};

}  // namespace kenpin::test
