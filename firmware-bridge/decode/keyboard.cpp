#include "firmware-bridge/decode/keyboard.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::decode {
namespace {

using namespace std::string_view_literals;

// The reports of the boot protocol, said as a descriptor (HID 1.11, appendix B.1): 8 modifier bits, a byte
// of padding, six keys.
constexpr auto boot_descriptor =
    "\x05\x01\x09\x06\xA1\x01\x05\x07\x19\xE0\x29\xE7\x15\x00\x25\x01\x75\x01\x95\x08\x81\x02"
    "\x95\x01\x75\x08\x81\x03\x95\x06\x75\x08\x15\x00\x26\xFF\x00\x05\x07\x19\x00\x2A\xFF\x00"
    "\x81\x00\xC0"sv;

constexpr std::size_t alt_code_digits = 4;  // Alt+0029

bool is_modifier(std::uint8_t usage) {
    return usage >= key::left_control;
}

bool has_keys(const HidField& field) {
    return field.direction == HidDirection::input && !field.is_constant && !field.usages.empty() &&
           field.usages.front().first.page == hid_page::keyboard;
}

HidPlace all_of(const HidField& field, bool have_ids) {
    HidPlace place;
    place.has_id = have_ids;
    place.report_id = field.report_id;
    place.bit_offset = field.bit_offset;
    place.bit_size = field.bit_size;
    place.count = field.count;
    return place;
}

/// The key that the `number`th neighbour says is down.
std::optional<std::uint8_t> key_down(const HidField& field, std::int64_t value, std::size_t number) {
    const bool is_off = field.is_array ? value < field.logical_min : value == 0;
    if (is_off) return std::nullopt;
    const auto at = field.is_array ? static_cast<std::size_t>(value - field.logical_min) : number;
    const auto usage = field.usage_at(at);
    if (!usage || usage->page != hid_page::keyboard || usage->id == 0 || usage->id > 0xFF)
        return std::nullopt;
    return static_cast<std::uint8_t>(usage->id);
}

bool is_phantom(std::uint8_t usage) {
    return usage >= key::roll_over && usage <= key::undefined_error;
}

/// "29", "029", "0029" -> GS; nothing beyond one byte.
std::optional<char> char_of_alt_code(std::string_view digits) {
    int code = 0;
    for (const char digit : digits) code = code * 10 + (digit - '0');
    if (digits.empty() || code > 0xFF) return std::nullopt;
    return static_cast<char>(code);
}

/// Control with the keys @ A .. Z [ \ ] ^ _ types 0x00 .. 0x1F.
std::optional<char> with_control(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '\r' || c == '\t') return c;
    if (c < '@' || c > '_') return std::nullopt;
    return static_cast<char>(c - '@');
}

bool ends_scan(char c) {
    return c == '\r' || c == '\n' || c == '\t';
}

std::optional<char> keypad_digit(std::uint8_t usage) {
    if (usage < key::keypad_1 || usage > key::keypad_0) return std::nullopt;
    return usage == key::keypad_0 ? '0' : static_cast<char>('1' + (usage - key::keypad_1));
}

}  // namespace

std::optional<HidKeyboardReader> HidKeyboardReader::for_device(const HidReports& reports) {
    if (std::none_of(reports.fields.begin(), reports.fields.end(), has_keys)) return std::nullopt;
    return HidKeyboardReader(reports);
}

HidKeyboardReader HidKeyboardReader::boot() {
    return HidKeyboardReader(parse_hid_descriptor(boot_descriptor).value());
}

HidKeyboardReader::Pressed HidKeyboardReader::pressed_in(std::string_view report,
                                                         std::uint8_t report_id) const {
    Pressed pressed;
    for (const auto& field : reports_.fields) {
        if (!has_keys(field) || field.report_id != report_id) continue;
        const auto place = all_of(field, reports_.have_ids);
        for (std::size_t i = 0; i < field.count; ++i) {
            const auto value = value_at(place, report, i);
            const auto usage = value ? key_down(field, *value, i) : std::nullopt;
            pressed.is_phantom = pressed.is_phantom || !value || (usage && is_phantom(*usage));
            if (!usage || pressed.keys[*usage]) continue;
            pressed.keys.set(*usage);
            pressed.in_order.push_back(*usage);
        }
    }
    return pressed;
}

std::vector<KeyEvent> HidKeyboardReader::take(std::string_view report) {
    if (report.empty()) return {};
    const auto report_id = reports_.have_ids ? static_cast<std::uint8_t>(report[0]) : std::uint8_t{0};
    const auto pressed = pressed_in(report, report_id);
    if (pressed.is_phantom) return {};
    auto& down = down_[report_id];
    std::vector<KeyEvent> events;
    for (unsigned usage = key::left_control; usage < down.size(); ++usage)
        if (down[usage] != pressed.keys[usage])
            events.push_back({static_cast<std::uint8_t>(usage), pressed.keys[usage]});
    for (unsigned usage = 0; usage < key::left_control; ++usage)
        if (down[usage] && !pressed.keys[usage]) events.push_back({static_cast<std::uint8_t>(usage), false});
    for (const auto usage : pressed.in_order)
        if (!is_modifier(usage) && !down[usage]) events.push_back({usage, true});
    down = pressed.keys;
    return events;
}

std::vector<KeyEvent> HidKeyboardReader::release_all() {
    std::vector<KeyEvent> events;
    for (const auto& [id, keys] : down_)
        for (unsigned usage = 0; usage < keys.size(); ++usage)
            if (keys[usage]) events.push_back({static_cast<std::uint8_t>(usage), false});
    down_.clear();
    return events;
}

KeyScanned KeyScans::take(KeyEvent event) {
    if (is_modifier(event.usage)) return take_modifier(event);
    return event.is_down ? take_key(event.usage) : KeyScanned{};
}

KeyScanned KeyScans::take_modifier(KeyEvent event) {
    const bool had_alt = is_held(key::left_alt, key::right_alt);
    held_[event.usage] = event.is_down;
    const bool let_go_alt = had_alt && !is_held(key::left_alt, key::right_alt);
    if (!let_go_alt) return {};
    const auto c = char_of_alt_code(std::exchange(alt_digits_, {}));
    return c ? take_char(*c) : KeyScanned{};
}

KeyScanned KeyScans::take_key(std::uint8_t usage) {
    if (usage == key::caps_lock) {
        caps_lock_ = !caps_lock_;
        return {};
    }
    if (is_held(key::left_alt, key::right_alt)) {
        const auto digit = keypad_digit(usage);
        if (digit && alt_digits_.size() < alt_code_digits) alt_digits_.push_back(*digit);
        return {};
    }
    const auto c = typed_by(usage);
    return c ? take_char(*c) : KeyScanned{};
}

std::optional<char> KeyScans::typed_by(std::uint8_t usage) const {
    const bool is_letter = usage >= key::a && usage <= key::z;
    const bool shift = is_held(key::left_shift, key::right_shift) != (caps_lock_ && is_letter);
    const auto c = character(layout_, usage, shift);
    if (!c || !is_held(key::left_control, key::right_control)) return c;
    return with_control(*c);
}

KeyScanned KeyScans::take_char(char c) {
    KeyScanned scanned;
    if (ends_scan(c)) {
        scanned.scan = finished();
    } else if (!is_skipping_ && begun_.size() == limits::scan_bytes) {
        begun_.clear();
        is_skipping_ = true;
        scanned.too_long = true;
    } else if (!is_skipping_) {
        begun_.push_back(c);
    }
    return scanned;
}

std::optional<Identified> KeyScans::finished() {
    is_skipping_ = false;
    caps_lock_ = false;
    const auto bytes = std::exchange(begun_, {});
    if (bytes.empty()) return std::nullopt;
    return identify(bytes);
}

KeyScanned KeyScans::silence() {
    KeyScanned scanned;
    if (end_ == KeyScanEnd::gap) {
        scanned.scan = finished();
    } else {
        scanned.half_scan = !begun_.empty();
        begun_.clear();
    }
    is_skipping_ = false;
    return scanned;
}

KeyScanned KeyScans::error() {
    KeyScanned scanned;
    scanned.half_scan = !begun_.empty();
    is_skipping_ = is_skipping_ || scanned.half_scan;
    begun_.clear();
    alt_digits_.clear();
    held_.reset();
    return scanned;
}

}  // namespace kenpin::decode
