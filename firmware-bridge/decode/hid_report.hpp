#pragma once
// Values in the reports of a HID device, found by what they mean and not by where they are usually put. Pure;
// a report that is too short has no values.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware-bridge/decode/hid_descriptor.hpp"

namespace kenpin::decode {

/// Where a usage lies: `count` neighbours from `bit_offset`, or, in an array, any of them holding
/// `chosen_by`.
struct HidPlace {
    HidDirection direction = HidDirection::input;
    bool has_id = false;  // the report's first byte is its id
    std::uint8_t report_id = 0;
    std::uint32_t bit_offset = 0;  // behind the id
    std::uint32_t bit_size = 0;
    std::uint32_t count = 0;
    bool is_signed = false;
    bool is_array = false;
    std::int64_t chosen_by = 0;
};

/// A report for the host to set, as it goes over the wire: its id is its first byte when the device has ids.
struct HidHostReport {
    HidDirection direction = HidDirection::output;
    std::uint8_t report_id = 0;
    std::string bytes;
    bool operator==(const HidHostReport&) const = default;
};

/// The first place of `usage` in reports of `direction` that is not padding.
std::optional<HidPlace> place_of(const HidReports& reports, HidDirection direction, HidUsage usage);

/// Bytes on the wire of one report, its id included; 0: there is no such report.
std::size_t report_size(const HidReports& reports, HidDirection direction, std::uint8_t report_id);
/// The longest report of `direction`: what a transfer has to have room for.
std::size_t longest_report(const HidReports& reports, HidDirection direction);

/// `report` is of the place's kind: long enough to tell, and with its id.
bool is_report_of(const HidPlace& place, std::string_view report);
/// The value of the `number`th neighbour (0 ..), signed when the descriptor says so. Nothing when the report
/// is another one or too short, and for values over 32 bits.
std::optional<std::int64_t> value_at(const HidPlace& place, std::string_view report, std::size_t number = 0);
/// The usage is on: its value is not 0, or the array names it.
bool is_on(const HidPlace& place, std::string_view report);
/// Up to `count` neighbours of one byte each, as they lie; cut where the report ends.
std::string bytes_at(const HidPlace& place, std::string_view report);

/// A report of the place's kind, all 0 but for its id.
HidHostReport blank_report(const HidReports& reports, const HidPlace& place);
/// Switches the usage on: 1 in a variable field, its number in the first free neighbour of an array.
void switch_on(HidHostReport& report, const HidPlace& place);

}  // namespace kenpin::decode
