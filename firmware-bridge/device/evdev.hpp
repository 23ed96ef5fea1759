#pragma once
// Scanners that type, taken from the desktop through the kernel's input devices: for those that libusb cannot
// claim (Bluetooth, or a machine where USB is not ours; those on USB are UsbBus's, never both). What they
// type reaches nobody else (EVIOCGRAB), no keymap and no input method touches it. One thread.
//
//   a node appears, its rights change ──> opened and asked who it is
//     ── a rule fits, it has the keys of a scanner ──> grabbed: Came
//     ── another program holds it ──> looked at again after 2 s
//   reading fails ──> Went; half a scan that was begun is dropped
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/decode/keyboard.hpp"
#include "firmware-bridge/device/news.hpp"
#include "firmware-bridge/device/usb_identity.hpp"

namespace kenpin::device {

struct EvdevRule {
    UsbMatch match;  // `serial` is the kernel's "uniq", `port` its "phys"; a rule without any fits nothing
    decode::KeyLayout layout = decode::KeyLayout::us;
    decode::KeyScanEnd end = decode::KeyScanEnd::terminator;
    bool even_on_usb = false;  // nobody claims it over libusb: taken here although it hangs on USB
    bool operator==(const EvdevRule&) const = default;
};

/// Who an input device is; `port` is the kernel's "phys", `serial` its "uniq".
struct EvdevIdentity {
    UsbIdentity device;
    bool is_on_usb = false;
};

/// The first rule that means `identity`; nullptr: it is left alone.
const EvdevRule* rule_for(const std::vector<EvdevRule>& rules, const EvdevIdentity& identity);

/// What read() of an input device gave -> scans. Pure.
class EvdevReader {
public:
    EvdevReader(decode::KeyLayout layout, decode::KeyScanEnd end) : scans_(layout, end) {}

    struct Read {
        std::vector<decode::Identified> scans;
        bool half_scan = false;  // dropped, or the kernel says that it lost events
        bool too_long = false;
    };
    /// Whole input_event records; a rest that is none is passed over (the kernel never gives one).
    Read take(std::string_view records);
    bool is_inside() const { return scans_.is_inside(); }
    Read silence();

private:
    static void add(decode::KeyScanned scanned, Read& read);
    decode::KeyScans scans_;
};

class EvdevKeyboards : public Source {
public:
    static constexpr Millis look_again{2'000};

    explicit EvdevKeyboards(std::vector<EvdevRule> rules, std::string folder = "/dev/input");
    EvdevKeyboards(const EvdevKeyboards&) = delete;
    EvdevKeyboards& operator=(const EvdevKeyboards&) = delete;
    ~EvdevKeyboards() override;

    /// From now on these: what no rule means any more is given back, what one means now is taken.
    void set_rules(std::vector<EvdevRule> rules);

    std::vector<Watched> watched(std::size_t room) const override;
    Mono next_wake() const override;
    std::vector<News> turn(Mono now, std::size_t room) override;

private:
    class Keyboard;
    void watch_folder();
    bool folder_changed() const;
    void look_around(Mono now, std::vector<News>& news);
    bool take_if_wanted(const std::string& path, std::vector<News>& news);

    std::vector<EvdevRule> rules_;
    std::string folder_;
    int inotify_ = -1;
    std::vector<std::unique_ptr<Keyboard>> keyboards_;
    std::vector<News> to_tell_;  // of keyboards that were given back
    std::set<std::string> told_busy_;
    Mono look_at_{};
};

}  // namespace kenpin::device
