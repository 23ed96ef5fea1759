#pragma once
// Finds scans among key presses of a keyboard-wedge scanner; the last resort, for no focus and no driver is
// needed. Works on scancodes (USB HID usages, the same numbers as SDL_Scancode) with its own US table and
// shift state, so layout, IME and Caps Lock do not matter. Key presses are held back until it is clear what
// they are:
//
//   idle --key--> holding --CR / LF / Tab, 4 or more characters--> a scan (nothing is passed on) --> idle
//                  |  ^
//                  |  +--key within 150 ms (repeats count: X11 marks fast equal keys as repeats)
//                  +--150 ms without a key, or a terminator after fewer--> typing: all held keys are replayed
//                  --> idle
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace kenpin::ui {

struct Key {
    int scancode;
    bool down;
    Millis at;  // any monotonic clock
    bool operator==(const Key&) const = default;
};

class Wedge {
public:
    static constexpr Millis gap{150};
    static constexpr std::size_t least_characters = 4;

    struct Found {
        std::optional<std::string> scan;  // without its terminator; at most limits::scan_bytes
        std::vector<Key> typed;           // for a text field, in order, each at most `gap` late
    };
    Found key(const Key& key);
    /// To be called when nothing came until `now`; gives held keys back once the gap has passed.
    Found quiet(Millis now);
    bool is_holding() const { return !held_.empty(); }

private:
    Found end_of_code(const Key& terminator);
    void give_back(Found& found);
    void note_modifier(const Key& key);
    void add_character(const Key& key);

    std::vector<Key> held_;
    std::string characters_;
    Millis last_{0};
    bool shift_ = false;
    bool control_ = false;
    bool too_long_ = false;
};

}  // namespace kenpin::ui
