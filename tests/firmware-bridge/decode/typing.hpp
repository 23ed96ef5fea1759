#pragma once
// A scanner that types: text -> the keys it presses -> its boot reports. Finds the key of a character by
// asking every key, as such a scanner's own table was made.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/decode/keyboard.hpp"

namespace kenpin::test {

using decode::KeyEvent;
using decode::KeyLayout;
namespace key = decode::key;

inline void press_char(std::vector<KeyEvent>& events, KeyLayout layout, char c) {
    const bool with_control = c > '\0' && c < ' ' && c != '\r' && c != '\t';
    const char wanted = with_control ? static_cast<char>(c + '@') : c;
    for (const bool shift : {false, true})
        for (unsigned usage = key::a; usage < key::left_control; ++usage) {
            if (decode::character(layout, static_cast<std::uint8_t>(usage), shift) != wanted) continue;
            if (with_control) events.push_back({key::left_control, true});
            if (shift) events.push_back({key::left_shift, true});
            events.push_back({static_cast<std::uint8_t>(usage), true});
            events.push_back({static_cast<std::uint8_t>(usage), false});
            if (shift) events.push_back({key::left_shift, false});
            if (with_control) events.push_back({key::left_control, false});
            return;
        }
}

inline std::vector<KeyEvent> typed(std::string_view text, KeyLayout layout) {
    std::vector<KeyEvent> events;
    for (const char c : text) press_char(events, layout, c);
    return events;
}

/// One report of 8 bytes after each event.
inline std::vector<std::string> boot_reports(const std::vector<KeyEvent>& events) {
    std::vector<std::string> reports;
    std::set<std::uint8_t> down;
    for (const auto& event : events) {
        if (event.is_down)
            down.insert(event.usage);
        else
            down.erase(event.usage);
        std::string report(8, '\0');
        std::size_t at = 2;
        for (const auto usage : down) {
            if (usage >= key::left_control)
                report[0] = static_cast<char>(report[0] | 1 << (usage - key::left_control));
            else
                report[at++] = static_cast<char>(usage);
        }
        reports.push_back(report);
    }
    return reports;
}

}  // namespace kenpin::test
