#include "firmware-bridge/decode/hid_report.hpp"

#include <algorithm>

namespace kenpin::decode {
namespace {

constexpr std::uint32_t value_bits = 32;  // no value that matters here is wider

/// In a variable field the last usage stands for all neighbours that have none of their own.
std::uint32_t neighbours(const HidField& field, std::size_t number) {
    const bool is_last = !field.usage_at(number + 1);
    return is_last ? field.count - static_cast<std::uint32_t>(number) : 1;
}

std::optional<HidPlace> place_in(const HidField& field, HidUsage usage) {
    if (field.is_constant) return std::nullopt;
    const auto number = field.number_of(usage);
    if (!number || (!field.is_array && *number >= field.count)) return std::nullopt;
    HidPlace place;
    place.direction = field.direction;
    place.report_id = field.report_id;
    place.bit_size = field.bit_size;
    place.is_signed = field.logical_min < 0;
    place.is_array = field.is_array;
    place.chosen_by = field.logical_min + static_cast<std::int64_t>(*number);
    place.bit_offset = field.bit_offset;
    if (!field.is_array) place.bit_offset += static_cast<std::uint32_t>(*number) * field.bit_size;
    place.count = field.is_array ? field.count : neighbours(field, *number);
    return place;
}

std::size_t first_bit(const HidPlace& place, std::size_t number) {
    return (place.has_id ? 8U : 0U) + place.bit_offset + number * place.bit_size;
}

std::uint32_t bits_at(std::string_view report, std::size_t first, std::uint32_t size) {
    std::uint32_t value = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
        const auto bit = first + i;
        const unsigned byte = static_cast<unsigned char>(report[bit / 8]);
        if ((byte >> (bit % 8) & 1U) != 0) value |= 1U << i;
    }
    return value;
}

void set_bits(std::string& report, std::size_t first, std::uint32_t size, std::int64_t value) {
    for (std::uint32_t i = 0; i < std::min(size, value_bits); ++i) {
        const auto bit = first + i;
        auto byte = static_cast<unsigned char>(report[bit / 8]);
        const auto mask = static_cast<unsigned char>(1U << (bit % 8));
        const bool on = (static_cast<std::uint64_t>(value) >> i & 1U) != 0;
        byte = static_cast<unsigned char>(on ? byte | mask : byte & ~mask);
        report[bit / 8] = static_cast<char>(byte);
    }
}

std::int64_t with_sign(std::uint32_t value, std::uint32_t size) {
    const auto sign = std::int64_t{1} << (size - 1);
    return (static_cast<std::int64_t>(value) ^ sign) - sign;
}

}  // namespace

std::optional<HidPlace> place_of(const HidReports& reports, HidDirection direction, HidUsage usage) {
    for (const auto& field : reports.fields) {
        if (field.direction != direction) continue;
        if (auto place = place_in(field, usage)) {
            place->has_id = reports.have_ids;
            return place;
        }
    }
    return std::nullopt;
}

std::size_t report_size(const HidReports& reports, HidDirection direction, std::uint8_t report_id) {
    std::size_t bits = 0;
    for (const auto& field : reports.fields)
        if (field.direction == direction && field.report_id == report_id)
            bits = std::max(bits, field.bit_offset + std::size_t{field.bit_size} * field.count);
    if (bits == 0) return 0;
    return (bits + 7) / 8 + (reports.have_ids ? 1 : 0);
}

std::size_t longest_report(const HidReports& reports, HidDirection direction) {
    std::size_t longest = 0;
    for (const auto& field : reports.fields)
        if (field.direction == direction)
            longest = std::max(longest, report_size(reports, direction, field.report_id));
    return longest;
}

bool is_report_of(const HidPlace& place, std::string_view report) {
    if (report.empty()) return false;
    return !place.has_id || static_cast<unsigned char>(report[0]) == place.report_id;
}

std::optional<std::int64_t> value_at(const HidPlace& place, std::string_view report, std::size_t number) {
    if (!is_report_of(place, report) || number >= place.count) return std::nullopt;
    if (place.bit_size == 0 || place.bit_size > value_bits) return std::nullopt;
    const auto first = first_bit(place, number);
    if (first + place.bit_size > report.size() * 8) return std::nullopt;
    const auto value = bits_at(report, first, place.bit_size);
    return place.is_signed ? with_sign(value, place.bit_size) : static_cast<std::int64_t>(value);
}

bool is_on(const HidPlace& place, std::string_view report) {
    if (!place.is_array) return value_at(place, report).value_or(0) != 0;
    for (std::size_t i = 0; i < place.count; ++i) {
        const auto value = value_at(place, report, i);
        if (!value) return false;
        if (*value == place.chosen_by) return true;
    }
    return false;
}

std::string bytes_at(const HidPlace& place, std::string_view report) {
    std::string bytes;
    if (place.bit_size != 8) return bytes;
    for (std::size_t i = 0; i < place.count; ++i) {
        const auto value = value_at(place, report, i);
        if (!value) break;
        bytes.push_back(static_cast<char>(*value));
    }
    return bytes;
}

HidHostReport blank_report(const HidReports& reports, const HidPlace& place) {
    HidHostReport report{place.direction, place.report_id, {}};
    report.bytes.assign(report_size(reports, place.direction, place.report_id), '\0');
    if (place.has_id && !report.bytes.empty()) report.bytes[0] = static_cast<char>(place.report_id);
    return report;
}

void switch_on(HidHostReport& report, const HidPlace& place) {
    for (std::size_t i = 0; i < place.count; ++i) {
        const auto first = first_bit(place, i);
        if (first + place.bit_size > report.bytes.size() * 8) return;
        const bool is_free = !place.is_array || value_at(place, report.bytes, i).value_or(1) == 0;
        if (!is_free) continue;
        set_bits(report.bytes, first, place.bit_size, place.is_array ? place.chosen_by : 1);
        return;
    }
}

}  // namespace kenpin::decode
