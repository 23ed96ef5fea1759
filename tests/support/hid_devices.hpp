#pragma once
// HID devices as the floor has them, by the bytes they send: report descriptors written from the usage
// tables, and reports to match. Used by every test that plays such a device.
#include <cstddef>
#include <string>
#include <string_view>

namespace kenpin::test {

/// "05 8C 09" -> three bytes. Anything but hexadecimal digits separates.
inline std::string hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size();) {
        const auto high = digits.find(text[i]), low = digits.find(text[i + 1]);
        const bool is_byte = high != std::string_view::npos && low != std::string_view::npos;
        if (is_byte) bytes.push_back(static_cast<char>(high * 16 + low));
        i += is_byte ? 2 : 1;
    }
    return bytes;
}

/// HID-POS: input report 2 {count, three bytes AIM, 56 bytes code, vendor, reserved, continued bit}.
inline std::string scanner_input_items() {
    return hex(
        "09 12 A1 02 85 02 15 00 26 FF 00 75 08 95 01 05 01 09 3B 81 02"  // Scanned Data Report, byte count
        "95 03 05 8C 09 FB 09 FC 09 FD 81 02"                             // symbology identifier 1 to 3
        "95 38 09 FE 82 02 01"                                            // decoded data × 56
        "95 01 06 66 FF 09 04 81 02 09 00 81 02"                          // vendor's own, reserved
        "05 8C 09 FF 75 01 25 01 81 02 75 07 81 03 C0");                  // continued, padding
}

inline std::string scanner_descriptor() {
    return hex("05 8C 09 02 A1 01") + scanner_input_items() + hex("C0");
}

/// The same with output report 4, whose bits are declared: prevent 1, initiate 2, error 5, good 6.
inline std::string talking_scanner_descriptor() {
    return hex("05 8C 09 02 A1 01") + scanner_input_items() +
           hex("09 14 A1 02 85 04 15 00 25 01 75 01 95 01 91 03 95 02 09 5F 09 60 91 02"
               "95 02 91 03 95 02 09 85 09 86 91 02 95 01 91 03 C0 C0");
}

/// Common six-byte scale, input report 3 {status, unit, exponent, weight u16}, zero in output report 5.
inline std::string scale_descriptor() {
    return hex(
        "05 8D 09 20 A1 01 85 03 09 32 A1 02"
        "09 70 A1 02 09 71 09 72 09 73 09 74 09 75 09 76 09 77 09 78 15 01 25 08 75 08 95 01 81 00 C0"
        "09 50 A1 02 09 51 09 52 09 53 09 54 09 55 09 56 09 57 09 58 09 59 09 5A 09 5B 09 5C"
        "15 01 25 0C 75 08 95 01 81 00 C0"
        "09 41 15 81 25 7F 75 08 95 01 81 02"
        "09 40 15 00 27 FF FF 00 00 75 10 95 01 81 02 C0"
        "85 05 09 31 A1 02 09 80 09 81 15 00 25 01 75 01 95 02 91 02 95 06 91 03 C0 C0");
}

/// Keyboard of the boot protocol: modifiers, padding, six keys.
inline std::string boot_keyboard_descriptor() {
    return hex(
        "05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 03"
        "95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 C0");
}

/// Keyboard with a bit for each key (NKRO): report 1 {modifiers, 0x04 .. 0x73}.
inline std::string nkro_keyboard_descriptor() {
    return hex(
        "05 01 09 06 A1 01 85 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02"
        "19 04 29 73 95 70 75 01 81 02 C0");
}

/// Vendor page only: what Symbol and Microscan scanners show. `with_id`: report 1, 62 bytes behind the
/// length.
inline std::string plain_scanner_descriptor(bool with_id) {
    return hex("06 00 FF 09 01 A1 01") + (with_id ? hex("85 01") : std::string()) +
           hex("15 00 26 FF 00 75 08 95") + (with_id ? hex("3F") : hex("40")) + hex("09 01 81 02 C0");
}

/// One input report of scanner_descriptor(), at most 56 bytes of code.
inline std::string scan_report(std::string_view aim, std::string_view code, bool is_continued = false) {
    std::string report(64, '\0');
    report[0] = 2;
    report[1] = static_cast<char>(code.size());
    report.replace(2, aim.size(), aim);
    report.replace(5, code.size(), code);
    report[63] = is_continued ? 1 : 0;
    return report;
}

}  // namespace kenpin::test
