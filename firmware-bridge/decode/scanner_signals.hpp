#pragma once
// What the host can tell a HID scanner: tones, trigger, no reading (読取禁止). As reports for the device to
// be set; found through its descriptor, or by the convention of report 4 for devices that are known to keep
// it. Pure.
#include <optional>
#include <vector>

#include "firmware-bridge/decode/hid_report.hpp"
#include "firmware-bridge/decode/quirks.hpp"

namespace kenpin::decode {

/// Every answer is a list of reports to set in this order; empty: this device cannot.
class ScannerSignals {
public:
    static ScannerSignals for_device(const HidReports& reports, const Quirk& quirk);

    bool can_beep() const { return !bad_beep().empty(); }
    bool can_trigger() const { return !set_trigger(true).empty(); }
    bool can_block() const { return prevent_.has_value(); }

    std::vector<HidHostReport> good_beep() const { return asking_for(good_beep_); }
    std::vector<HidHostReport> bad_beep() const { return asking_for(bad_beep_); }
    /// Off: reading stops now, and the trigger under the finger works again unless reading is blocked.
    std::vector<HidHostReport> set_trigger(bool on) const;
    /// Remembered: tones and triggers in between keep it so.
    std::vector<HidHostReport> set_blocked(bool blocked);

private:
    using Control = std::optional<HidPlace>;
    std::vector<HidHostReport> asking_for(const Control& control) const;
    HidHostReport at_rest(const HidPlace& place) const;

    HidReports reports_;
    Control good_beep_, bad_beep_, trigger_, prevent_;
    bool is_blocked_ = false;
};

}  // namespace kenpin::decode
