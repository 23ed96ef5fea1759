#pragma once
// Keys -> characters, with maps of our own: what a scanner types does not depend on the keymap, the input
// method or the lock keys of the machine. Keys are HID usages of page 0x07. Pure.
#include <cstdint>
#include <optional>

namespace kenpin::decode {

/// The keyboard the scanner was told to be ("keyboard country"): US, or Japanese 106/109.
enum class KeyLayout { us, jis };

namespace key {
inline constexpr std::uint8_t roll_over = 0x01, post_fail = 0x02, undefined_error = 0x03, a = 0x04, z = 0x1D,
                              enter = 0x28, tab = 0x2B, caps_lock = 0x39, keypad_enter = 0x58,
                              keypad_1 = 0x59, keypad_0 = 0x62, left_control = 0xE0, left_shift = 0xE1,
                              left_alt = 0xE2, right_control = 0xE4, right_shift = 0xE5, right_alt = 0xE6;
}  // namespace key

/// What `usage` types; nothing for keys that type nothing. Enter is CR, the keypad types as with Num Lock.
std::optional<char> character(KeyLayout layout, std::uint8_t usage, bool shift);

/// The usage of a Linux key code (linux/input-event-codes.h, KEY_*); nothing for keys that no scanner types.
std::optional<std::uint8_t> usage_of_linux_key(std::uint16_t code);

}  // namespace kenpin::decode
