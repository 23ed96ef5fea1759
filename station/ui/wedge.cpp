#include "station/ui/wedge.hpp"

#include <iterator>
#include <string_view>
#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::ui {
namespace {

// USB HID Usage Tables, page 0x07 (keyboard).
constexpr int key_a = 4;
constexpr int key_enter = 40;
constexpr int key_tab = 43;
constexpr int keypad_slash = 84;
constexpr int keypad_enter = 88;
constexpr int left_control = 224;
constexpr int left_shift = 225;
constexpr int right_control = 228;
constexpr int right_shift = 229;
constexpr char group_separator = 0x1D;  // GS1 scanners send it as Ctrl+]

// From key_a on; \0 where no character stands. 40..43 are Enter, Esc, Backspace, Tab; 50 is the non-US key.
constexpr std::string_view plain{"abcdefghijklmnopqrstuvwxyz1234567890\0\0\0\0 -=[]\\\0;'`,./", 53};
constexpr std::string_view shifted{"ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\0\0\0\0 _+{}|\0:\"~<>?", 53};
constexpr std::string_view keypad{"/*-+\0001234567890.", 16};

char at(std::string_view table, int index) {
    return index >= 0 && index < static_cast<int>(table.size()) ? table[static_cast<std::size_t>(index)]
                                                                : '\0';
}

char character(int scancode, bool shift, bool control) {
    const char c = at(shift ? shifted : plain, scancode - key_a);
    if (control) return c == ']' ? group_separator : '\0';
    return c != '\0' ? c : at(keypad, scancode - keypad_slash);
}

bool is_terminator(const Key& key, bool control) {
    const bool line_feed = control && key.scancode == key_a + ('j' - 'a');
    return key.scancode == key_enter || key.scancode == key_tab || key.scancode == keypad_enter || line_feed;
}

bool is_modifier(int scancode) {
    return scancode >= left_control && scancode <= right_shift + 2;
}

}  // namespace

void Wedge::note_modifier(const Key& key) {
    if (key.scancode == left_shift || key.scancode == right_shift) shift_ = key.down;
    if (key.scancode == left_control || key.scancode == right_control) control_ = key.down;
}

void Wedge::give_back(Found& found) {
    if (!too_long_) found.typed.insert(found.typed.end(), held_.begin(), held_.end());
    held_.clear();
    characters_.clear();
    too_long_ = false;
}

void Wedge::add_character(const Key& key) {
    const char c = character(key.scancode, shift_, control_);
    if (c == '\0') return;
    too_long_ = too_long_ || characters_.size() == limits::scan_bytes;
    if (!too_long_) characters_ += c;
}

Wedge::Found Wedge::end_of_code(const Key& terminator) {
    Found found;
    if (characters_.size() >= least_characters && !too_long_) {
        found.scan = std::exchange(characters_, {});
        held_.clear();
        return found;
    }
    held_.push_back(terminator);
    give_back(found);
    return found;
}

Wedge::Found Wedge::quiet(Millis now) {
    Found found;
    if (is_holding() && now - last_ > gap) give_back(found);
    return found;
}

Wedge::Found Wedge::key(const Key& key) {
    Found before = quiet(key.at);
    note_modifier(key);
    if (key.down) last_ = key.at;
    if (key.down && is_terminator(key, control_)) {
        Found ended = end_of_code(key);
        ended.typed.insert(ended.typed.begin(), before.typed.begin(), before.typed.end());
        return ended;
    }
    const bool release_of_nothing = !key.down && !is_holding();
    if (release_of_nothing && !is_modifier(key.scancode))
        return before;  // of a terminator or of a key long replayed
    if (!release_of_nothing && !too_long_) held_.push_back(key);
    if (key.down) add_character(key);
    return before;
}

}  // namespace kenpin::ui
