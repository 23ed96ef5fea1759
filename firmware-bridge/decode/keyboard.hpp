#pragma once
// Scanners that type like a keyboard (wedge), taken from the desktop and read by ourselves: reports or key
// events -> scans. Pure.
//
//   reports ── HidKeyboardReader ──> key events ── KeyScans ──> scans         (claimed over USB)
//   evdev ── usage_of_linux_key ──> key events ── KeyScans ──> scans          (grabbed from the kernel)
//
// What a wedge cannot type as a key it types as Control and a key (GS is Ctrl+]) or as Alt and its number on
// the keypad (Alt+029); both are understood. A wedge never says which bars it read, unless it was told to
// type the AIM identifier.
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.hpp"
#include "firmware-bridge/decode/aim.hpp"
#include "firmware-bridge/decode/hid_report.hpp"
#include "firmware-bridge/decode/key_map.hpp"

namespace kenpin::decode {

struct KeyEvent {
    std::uint8_t usage = 0;  // page 0x07
    bool is_down = false;
    bool operator==(const KeyEvent&) const = default;
};

/// Reports of a keyboard -> what went down and up: modifiers first, then what was let go, then what was
/// pressed in the order of the report. Takes the reports of the boot protocol (8 bytes) and any that the
/// descriptor declares, with a bit for each key (NKRO) or with a list of them.
class HidKeyboardReader {
public:
    /// Nothing when the descriptor declares no keys.
    static std::optional<HidKeyboardReader> for_device(const HidReports& reports);
    /// For a device set to the boot protocol.
    static HidKeyboardReader boot();

    /// A report that says "too many keys" (roll-over) or is too short changes nothing.
    std::vector<KeyEvent> take(std::string_view report);
    /// Whatever is down goes up: after an error or an unplugging.
    std::vector<KeyEvent> release_all();

private:
    using Keys = std::bitset<256>;
    struct Pressed {
        Keys keys;
        std::vector<std::uint8_t> in_order;
        bool is_phantom = false;
    };
    explicit HidKeyboardReader(HidReports reports) : reports_(std::move(reports)) {}
    Pressed pressed_in(std::string_view report, std::uint8_t report_id) const;

    HidReports reports_;
    std::map<std::uint8_t, Keys> down_;  // by report id
};

/// A hand does not type this fast, a scanner never pauses this long within a scan.
inline constexpr Millis key_gap{150};

enum class KeyScanEnd {
    terminator,  // CR, LF or TAB; what a gap cuts off is half a scan and dropped
    gap          // either: for scanners that were told to type nothing behind the code
};

struct KeyScanned {
    std::optional<Identified> scan;
    bool half_scan = false;  // one that had begun was dropped
    bool too_long = false;   // one grew beyond limits::scan_bytes and is skipped
};

class KeyScans {
public:
    explicit KeyScans(KeyLayout layout, KeyScanEnd end = KeyScanEnd::terminator)
        : layout_(layout), end_(end) {}

    KeyScanned take(KeyEvent event);

    /// A scan has begun and not ended: call silence() if no key comes for key_gap.
    bool is_inside() const { return is_skipping_ || !begun_.empty(); }
    KeyScanned silence();
    /// Keys may have been lost: forgets what was begun, skips its rest, and no modifier is held any more.
    KeyScanned error();

private:
    bool is_held(std::uint8_t left, std::uint8_t right) const { return held_[left] || held_[right]; }
    KeyScanned take_key(std::uint8_t usage);
    KeyScanned take_modifier(KeyEvent event);
    KeyScanned take_char(char c);
    std::optional<char> typed_by(std::uint8_t usage) const;
    std::optional<Identified> finished();

    KeyLayout layout_;
    KeyScanEnd end_;
    std::bitset<256> held_;  // modifiers
    bool caps_lock_ = false;
    std::string alt_digits_;
    std::string begun_;
    bool is_skipping_ = false;
};

}  // namespace kenpin::decode
