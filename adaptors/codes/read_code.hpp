#pragma once
// What a decoder reads in a picture.
#include <string>

namespace kenpin::codes {

/// A set of formats is the bitwise or of their values.
enum class Format : unsigned {
    none = 0,
    code128 = 1U << 0U,
    ean13 = 1U << 1U,
    ean8 = 1U << 2U,
    itf = 1U << 3U,
    nw7 = 1U << 4U,  // Codabar
    qr = 1U << 5U,
    data_matrix = 1U << 6U,
    code39 = 1U << 7U,
    upc_a = 1U << 8U,
    data_bar = 1U << 9U,
};
constexpr Format operator|(Format left, Format right) {
    return static_cast<Format>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}
constexpr bool contains(Format set, Format one) {
    return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}
inline constexpr Format every_format{(1U << 10U) - 1};

struct ReadCode {
    Format format = Format::none;
    std::string bytes;         // exact; NW-7 with its start and stop letters, UPC-A as twelve digits
    std::string symbology_id;  // AIM, e.g. "]C0"
    std::string text{};        // `bytes` as UTF-8, where the symbol says or shows another character set
    bool operator==(const ReadCode&) const = default;
};

}  // namespace kenpin::codes
