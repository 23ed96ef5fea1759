#include "firmware-bridge/decode/key_map.hpp"

#include <array>
#include <string_view>

namespace kenpin::decode {
namespace {

constexpr std::uint8_t first_row = 0x1E, last_row = 0x38;  // 1 .. / on page 0x07
constexpr char none = '\0';

struct Cap {  // what is printed on a key
    char plain = none, shifted = none;
};
using Row = std::array<Cap, last_row - first_row + 1>;

// Usages 0x1E .. 0x38 in order. Source: HID usage tables, page 0x07; JIS X 6002.
constexpr Row us_row = {{{'1', '!'}, {'2', '@'},   {'3', '#'},  {'4', '$'}, {'5', '%'},   {'6', '^'},
                         {'7', '&'}, {'8', '*'},   {'9', '('},  {'0', ')'}, {'\r', '\r'}, {'\x1b', '\x1b'},
                         {},         {'\t', '\t'}, {' ', ' '},  {'-', '_'}, {'=', '+'},   {'[', '{'},
                         {']', '}'}, {'\\', '|'},  {'\\', '|'}, {';', ':'}, {'\'', '"'},  {'`', '~'},
                         {',', '<'}, {'.', '>'},   {'/', '?'}}};
constexpr Row jis_row = {{{'1', '!'},  {'2', '"'},   {'3', '#'}, {'4', '$'},  {'5', '%'},   {'6', '&'},
                          {'7', '\''}, {'8', '('},   {'9', ')'}, {'0', none}, {'\r', '\r'}, {'\x1b', '\x1b'},
                          {},          {'\t', '\t'}, {' ', ' '}, {'-', '='},  {'^', '~'},   {'@', '`'},
                          {'[', '{'},  {']', '}'},   {']', '}'}, {';', '+'},  {':', '*'},   {},
                          {',', '<'},  {'.', '>'},   {'/', '?'}}};

// Usages 0x54 .. 0x63: / * - + Enter 1 .. 9 0 .
constexpr std::string_view keypad = "/*-+\r1234567890.";
constexpr std::uint8_t first_keypad = 0x54;

constexpr std::uint8_t international_1 = 0x87, international_3 = 0x89;  // ろ and ¥ of a Japanese keyboard
constexpr std::uint8_t beside_left_shift = 0x64;                        // the extra key of 102-key boards

Cap letter(std::uint8_t usage) {
    const auto number = usage - key::a;
    return {static_cast<char>('a' + number), static_cast<char>('A' + number)};
}

Cap cap(KeyLayout layout, std::uint8_t usage) {
    if (usage >= key::a && usage <= key::z) return letter(usage);
    if (usage >= first_row && usage <= last_row) {
        const auto& row = layout == KeyLayout::us ? us_row : jis_row;
        return row[static_cast<std::size_t>(usage - first_row)];
    }
    if (usage >= first_keypad && usage < first_keypad + keypad.size()) {
        const char c = keypad[static_cast<std::size_t>(usage - first_keypad)];
        return {c, c};
    }
    if (layout == KeyLayout::jis && usage == international_1) return {'\\', '_'};
    if (layout == KeyLayout::jis && usage == international_3) return {'\\', '|'};
    if (layout == KeyLayout::us && usage == beside_left_shift) return {'\\', '|'};
    return {};
}

// Linux key codes 0 .. 111 and their usages, as drivers/hid has it the other way round; 0: nothing a scanner
// types. Ten to a line.
constexpr std::array<std::uint8_t, 112> usages = {
    0x00, 0x29, 0x1E, 0x1F, 0x20,
    0x21, 0x22, 0x23, 0x24, 0x25,  // -, Esc, 1 .. 8
    0x26, 0x27, 0x2D, 0x2E, 0x2A,
    0x2B, 0x14, 0x1A, 0x08, 0x15,  // 9 0 - = Backspace Tab q w e r
    0x17, 0x1C, 0x18, 0x0C, 0x12,
    0x13, 0x2F, 0x30, 0x28, 0xE0,  // t y u i o p [ ] Enter Control
    0x04, 0x16, 0x07, 0x09, 0x0A,
    0x0B, 0x0D, 0x0E, 0x0F, 0x33,  // a s d f g h j k l ;
    0x34, 0x35, 0xE1, 0x31, 0x1D,
    0x1B, 0x06, 0x19, 0x05, 0x11,  // ' ` Shift backslash z x c v b n
    0x10, 0x36, 0x37, 0x38, 0xE5,
    0x55, 0xE2, 0x2C, 0x39, 0x3A,  // m , . / Shift keypad* Alt Space CapsLock F1
    0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
    0x40, 0x41, 0x42, 0x43, 0x53,  // F2 .. F10 NumLock
    0x47, 0x5F, 0x60, 0x61, 0x56,
    0x5C, 0x5D, 0x5E, 0x57, 0x59,  // ScrollLock keypad 7 8 9 - 4 5 6 + 1
    0x5A, 0x5B, 0x62, 0x63, 0x00,
    0x94, 0x64, 0x44, 0x45, 0x87,  // keypad 2 3 0 . -, 半角/全角, 102nd F11 F12 ろ
    0x92, 0x93, 0x8A, 0x88, 0x8B,
    0x8C, 0x58, 0xE4, 0x54, 0x46,  // かな変換 keypad, keypad Enter Control / Print
    0xE6, 0x00, 0x4A, 0x52, 0x4B,
    0x50, 0x4F, 0x4D, 0x51, 0x4E,  // Alt - Home ↑ PageUp ← → End ↓ PageDown
    0x49, 0x4C};                   // Insert Delete
constexpr std::uint16_t linux_keypad_equal = 117, linux_keypad_comma = 121, linux_yen = 124,
                        linux_left_meta = 125, linux_right_meta = 126;

}  // namespace

std::optional<char> character(KeyLayout layout, std::uint8_t usage, bool shift) {
    const auto printed = cap(layout, usage);
    const char c = shift ? printed.shifted : printed.plain;
    if (c == none) return std::nullopt;
    return c;
}

std::optional<std::uint8_t> usage_of_linux_key(std::uint16_t code) {
    if (code < usages.size()) return usages[code] == 0 ? std::nullopt : std::optional(usages[code]);
    switch (code) {
        case linux_keypad_equal:
            return std::uint8_t{0x67};
        case linux_keypad_comma:
            return std::uint8_t{0x85};
        case linux_yen:
            return std::uint8_t{0x89};
        case linux_left_meta:
            return std::uint8_t{0xE3};
        case linux_right_meta:
            return std::uint8_t{0xE7};
        default:
            return std::nullopt;
    }
}

}  // namespace kenpin::decode
