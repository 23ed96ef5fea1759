#pragma once
// A HID device's own description of its reports (Device Class Definition for HID 1.11, 6.2.2): which bits of
// which report hold what. These are bytes from outside: whatever they say, reading them ends, stays inside
// the limits below and inside the bytes. Pure.
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::decode {

inline constexpr std::size_t hid_descriptor_bytes = 4'096;  // real ones have 30 to 600
inline constexpr std::size_t hid_fields = 1'024;            // fields of all reports
inline constexpr std::size_t hid_usages = 1'024;            // usages and ranges of usages of one field
inline constexpr std::size_t hid_depth = 32;                // collections in collections; PUSH in PUSH
inline constexpr std::size_t hid_report_bytes = 4'096;      // one report

/// What a control is for, as the HID usage tables number it.
struct HidUsage {
    std::uint16_t page = 0;
    std::uint16_t id = 0;
    auto operator<=>(const HidUsage&) const = default;
};

namespace hid_page {
inline constexpr std::uint16_t generic_desktop = 0x01;
inline constexpr std::uint16_t keyboard = 0x07;
inline constexpr std::uint16_t bar_code_scanner = 0x8C;
inline constexpr std::uint16_t scale = 0x8D;
}  // namespace hid_page

enum class HidDirection { input, output, feature };

/// first.id .. last on first.page.
struct HidUsageRange {
    HidUsage first;
    std::uint16_t last = 0;
    bool operator==(const HidUsageRange&) const = default;
};

/// `count` neighbours of `bit_size` bits each. A variable field has one usage for each of them (the last one
/// stands for all that follow); in an array each holds the number of the usage that is on.
struct HidField {
    HidDirection direction = HidDirection::input;
    std::uint8_t report_id = 0;  // 0: this device's reports carry none
    bool is_constant = false;    // padding
    bool is_array = false;
    std::uint32_t bit_offset = 0;  // behind the report id
    std::uint32_t bit_size = 0;    // 1 ..
    std::uint32_t count = 0;       // 1 ..
    std::int64_t logical_min = 0, logical_max = 0;
    HidUsage application;  // of the outermost collection around it
    std::vector<HidUsageRange> usages;

    /// The usage with this number in the order of `usages`; nothing behind the last.
    std::optional<HidUsage> usage_at(std::size_t number) const;
    std::optional<std::size_t> number_of(HidUsage usage) const;
};

struct HidReports {
    bool have_ids = false;  // each report begins with its id
    std::vector<HidUsage> applications;
    std::vector<HidField> fields;

    bool is_for(HidUsage application) const;
};

/// Error::corrupt: cut short, a report id of 0, a limit passed, collections or PUSH and POP that do not
/// match. Items nobody asks for (physical units, strings, designators, long items) are passed over.
Result<HidReports> parse_hid_descriptor(std::string_view bytes);

}  // namespace kenpin::decode
