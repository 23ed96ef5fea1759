#pragma once
// What is special about some USB devices, by vendor and product id, and which devices speak in a way that we
// do not (then: which configuration barcode switches them to one that we do). Knowledge as data.
// Marks: [R] read in the maker's or another's documents, [B] only believed, no such device was at hand.
#include <cstdint>
#include <optional>
#include <string_view>

#include "firmware-bridge/decode/hid_descriptor.hpp"

namespace kenpin::decode {

enum class ScanLayout {
    by_descriptor,     // usages of page 0x8C say what lies where
    length_then_data,  // no usages: one byte of length, then the code
};

/// What the vendor's own symbology byte means, where the AIM identifier is missing.
enum class CodeLetters { none, honeywell };

/// How the host asks for tones and triggers where the descriptor has no usages for it.
enum class HostSignals { none, report_4 };

struct Quirk {
    std::uint16_t vid = 0;
    std::uint16_t pid = 0;  // 0: every product of this vendor
    ScanLayout layout = ScanLayout::by_descriptor;
    CodeLetters letters = CodeLetters::none;
    HostSignals signals = HostSignals::none;
    /// Feature report to set once after the interface was claimed, its id first; empty: none. A device that
    /// refuses it does not need it: go on.
    std::string_view wake_feature;
};

/// The entry of exactly this product, else of its vendor, else one without anything special.
const Quirk& quirk_of(std::uint16_t vid, std::uint16_t pid);

/// What the host can do with a HID interface.
enum class HidRole { scanner, scale, keyboard, other };
HidRole role_of(const HidReports& reports, const Quirk& quirk);

/// A device in a mode that only its maker's driver speaks: the key of what the user can do about it
/// ("scan_hid_pos_zebra": scan the barcode "USB HID-POS" of the manual). Nothing: not known to be one.
std::optional<std::string_view> remedy_of(std::uint16_t vid, std::uint16_t pid);
/// The same by what the device says of itself: IBM's POS modes have a page of their own. [B]
std::optional<std::string_view> remedy_of(const HidReports& reports);

}  // namespace kenpin::decode
