#include "firmware-bridge/decode/hid_pos.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::decode {
namespace {

using domain::Symbology;

constexpr std::size_t identifier_size = 3;

constexpr HidUsage on_scanner(std::uint16_t id) {
    return {hid_page::bar_code_scanner, id};
}
constexpr HidUsage byte_count{hid_page::generic_desktop, 0x3B};
constexpr HidUsage identifier_1 = on_scanner(0xFB), identifier_2 = on_scanner(0xFC),
                   identifier_3 = on_scanner(0xFD);
constexpr HidUsage decoded_data = on_scanner(0xFE), data_continued = on_scanner(0xFF);

/// The vendor's symbology byte stands directly behind the code.
HidPlace behind(HidPlace data) {
    data.bit_offset += data.count * data.bit_size;
    data.count = 1;
    return data;
}

std::optional<HidPlace> whole_longest_input(const HidReports& reports) {
    const auto size = longest_report(reports, HidDirection::input);
    for (const auto& field : reports.fields) {
        if (field.direction != HidDirection::input) continue;
        if (report_size(reports, HidDirection::input, field.report_id) != size) continue;
        HidPlace place;
        place.has_id = reports.have_ids;
        place.report_id = field.report_id;
        place.bit_size = 8;
        place.count = static_cast<std::uint32_t>(size) - (reports.have_ids ? 1 : 0);
        return place;
    }
    return std::nullopt;
}

Symbology by_honeywell_letter(char letter) {
    switch (letter) {
        case 'd':
            return Symbology::ean13;
        case 'D':
            return Symbology::ean8;
        case 'c':
            return Symbology::upc_a;
        case 'j':
            return Symbology::code128;
        case '|':
            return Symbology::gs1_128;
        case 'b':
            return Symbology::code39;
        case 'a':
            return Symbology::codabar;
        case 'e':
            return Symbology::itf;
        case 's':
            return Symbology::qr;
        case 'w':
            return Symbology::data_matrix;
        default:
            return Symbology::unknown;
    }
}

std::string without_padding(std::string bytes) {
    while (!bytes.empty() && bytes.back() == '\0') bytes.pop_back();
    return bytes;
}

void drop_line_end(std::string& bytes) {
    if (!bytes.empty() && bytes.back() == '\n') bytes.pop_back();
    if (!bytes.empty() && bytes.back() == '\r') bytes.pop_back();
}

bool is_identifier(const std::string& aim) {
    return aim.size() == identifier_size && aim[0] == ']';
}

Identified with_identifier(const std::string& aim, const std::string& bytes) {
    auto found = identify(aim + bytes);
    if (found.aim == aim) return found;
    return {Symbology::unknown, aim, bytes};  // a letter that AIM does not assign
}

}  // namespace

std::optional<HidPosReader> HidPosReader::for_device(const HidReports& reports, const Quirk& quirk) {
    Places places;
    if (quirk.layout == ScanLayout::length_then_data) {
        const auto whole = whole_longest_input(reports);
        if (!whole) return std::nullopt;
        places.data = *whole;
        return HidPosReader(std::move(places), quirk);
    }
    const auto data = place_of(reports, HidDirection::input, decoded_data);
    if (!data || data->bit_size != 8) return std::nullopt;
    places.data = *data;
    places.length = place_of(reports, HidDirection::input, byte_count);
    for (const auto usage : {identifier_1, identifier_2, identifier_3})
        if (const auto place = place_of(reports, HidDirection::input, usage))
            places.identifier.push_back(*place);
    if (quirk.letters != CodeLetters::none) places.letter = behind(*data);
    places.continued = place_of(reports, HidDirection::input, data_continued);
    return HidPosReader(std::move(places), quirk);
}

std::optional<HidPosReader::Portion> HidPosReader::plain_portion_of(std::string_view report) const {
    const auto all = bytes_at(places_.data, report);
    if (all.empty()) return std::nullopt;
    const std::size_t length = static_cast<unsigned char>(all[0]);
    if (length > all.size() - 1) return std::nullopt;
    Portion portion;
    portion.bytes = all.substr(1, length);
    return portion;
}

std::optional<HidPosReader::Portion> HidPosReader::portion_of(std::string_view report) const {
    Portion portion;
    for (const auto& place : places_.identifier) portion.aim += bytes_at(place, report);
    portion.aim.resize(std::min(portion.aim.size(), identifier_size));
    auto bytes = bytes_at(places_.data, report);
    const bool is_one_later =
        portion.aim.size() == identifier_size && portion.aim[0] != ']' && portion.aim[1] == ']';
    if (is_one_later && !bytes.empty()) {  // quirk: "]cm" and the code behind it begin one byte later
        portion.aim = portion.aim.substr(1) + bytes[0];
        bytes.erase(0, 1);
    }
    if (places_.length) {
        const auto length = value_at(*places_.length, report);
        if (!length || *length < 0 || static_cast<std::size_t>(*length) > bytes.size()) return std::nullopt;
        portion.bytes = bytes.substr(0, static_cast<std::size_t>(*length));
    } else {
        portion.bytes = without_padding(std::move(bytes));
    }
    if (places_.letter) portion.letter = static_cast<char>(value_at(*places_.letter, report).value_or(0));
    portion.is_continued = places_.continued && is_on(*places_.continued, report);
    return portion;
}

HidPosRead HidPosReader::take(std::string_view report) {
    HidPosRead read;
    if (!is_report_of(places_.data, report)) return read;
    auto portion = layout_ == ScanLayout::length_then_data ? plain_portion_of(report) : portion_of(report);
    if (!portion) {
        read.malformed = true;
        read.half_scan = error();
    } else if (state_ == State::skipping) {
        if (!portion->is_continued) state_ = State::between;
    } else {
        begin_or_go_on(std::move(*portion), read);
    }
    return read;
}

void HidPosReader::begin_or_go_on(Portion portion, HidPosRead& read) {
    const bool is_of_other_bars =
        state_ == State::begun && is_identifier(portion.aim) && portion.aim != begun_.aim;
    if (is_of_other_bars) read.half_scan = silence();
    const bool goes_on = portion.is_continued;
    if (state_ == State::between) {
        begun_ = std::move(portion);
        state_ = State::begun;
    } else {
        begun_.bytes += portion.bytes;
    }
    if (begun_.bytes.size() > limits::scan_bytes) {
        read.too_long = true;
        begun_ = {};
        state_ = goes_on ? State::skipping : State::between;
    } else if (!goes_on) {
        read.scan = finished();
    }
}

std::optional<Identified> HidPosReader::finished() {
    auto portion = std::exchange(begun_, {});
    state_ = State::between;
    drop_line_end(portion.bytes);
    if (portion.bytes.empty()) return std::nullopt;
    if (is_identifier(portion.aim)) return with_identifier(portion.aim, portion.bytes);
    auto found = identify(portion.bytes);
    if (found.bytes.empty()) return std::nullopt;
    if (found.aim.empty() && letters_ == CodeLetters::honeywell)
        found.symbology = by_honeywell_letter(portion.letter);
    return found;
}

bool HidPosReader::silence() {
    const bool was_begun = state_ == State::begun;
    begun_ = {};
    state_ = State::between;
    return was_begun;
}

bool HidPosReader::error() {
    const bool was_begun = state_ == State::begun;
    begun_ = {};
    if (was_begun) state_ = State::skipping;
    return was_begun;
}

}  // namespace kenpin::decode
