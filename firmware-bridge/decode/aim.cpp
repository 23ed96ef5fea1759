#include "firmware-bridge/decode/aim.hpp"

#include <cstddef>

namespace kenpin::decode {
namespace {

using domain::Symbology;

constexpr std::size_t identifier_size = 3;
// Code characters that AIM assigns, from A (Code 39) to z (Aztec).
constexpr std::string_view assigned = "ABCDEFGHIJKLMNOPQRSTUXZdehz";

bool is_modifier(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// UPC-A travels as EAN-13 with a leading 0; some scanners leave the 0 out but keep "]E0".
Symbology ean(char modifier, std::size_t digits) {
    if (modifier == '4') return Symbology::ean8;
    return digits == 12 ? Symbology::upc_a : Symbology::ean13;
}

Symbology symbology(char code, char modifier, std::size_t size) {
    switch (code) {
        case 'A':
            return Symbology::code39;
        case 'C':
            return modifier == '1' ? Symbology::gs1_128 : Symbology::code128;
        case 'E':
            return ean(modifier, size);
        case 'F':
            return Symbology::codabar;
        case 'I':
            return Symbology::itf;
        case 'Q':
            return Symbology::qr;
        case 'd':
            return Symbology::data_matrix;
        default:
            return Symbology::unknown;
    }
}

}  // namespace

Identified identify(std::string_view scan) {
    const bool has_identifier = scan.size() > identifier_size && scan[0] == ']' &&
                                assigned.find(scan[1]) != std::string_view::npos && is_modifier(scan[2]);
    if (!has_identifier) return {Symbology::unknown, {}, std::string(scan)};
    const auto bytes = scan.substr(identifier_size);
    return {symbology(scan[1], scan[2], bytes.size()), std::string(scan.substr(0, identifier_size)),
            std::string(bytes)};
}

}  // namespace kenpin::decode
