#include "firmware-bridge/decode/scanner_signals.hpp"

#include <initializer_list>

namespace kenpin::decode {
namespace {

constexpr std::uint8_t signal_report = 4;

/// One bit of the byte behind the id of output report 4: 6 good read, 5 error, 2 trigger, 1 prevent read.
HidPlace bit_of_report_4(unsigned bit) {
    HidPlace place;
    place.direction = HidDirection::output;
    place.has_id = true;
    place.report_id = signal_report;
    place.bit_offset = bit;
    place.bit_size = 1;
    place.count = 1;
    return place;
}

std::optional<HidPlace> first_of(const HidReports& reports, std::initializer_list<std::uint16_t> usages) {
    for (const auto id : usages)
        if (auto place = place_of(reports, HidDirection::output, {hid_page::bar_code_scanner, id}))
            return place;
    return std::nullopt;
}

/// Reports as if the descriptor declared report 4 of (at least) two bytes.
void declare_report_4(HidReports& reports) {
    if (report_size(reports, HidDirection::output, signal_report) >= 2) return;
    HidField field;
    field.direction = HidDirection::output;
    field.report_id = signal_report;
    field.bit_size = 8;
    field.count = 1;
    reports.fields.push_back(field);
    reports.have_ids = true;
}

}  // namespace

ScannerSignals ScannerSignals::for_device(const HidReports& reports, const Quirk& quirk) {
    ScannerSignals signals;
    signals.reports_ = reports;
    signals.good_beep_ = first_of(reports, {0x86});
    signals.bad_beep_ = first_of(reports, {0x85, 0x87});
    signals.trigger_ = first_of(reports, {0x60, 0x61});
    signals.prevent_ = first_of(reports, {0x5F});
    const bool declares_nothing =
        !signals.good_beep_ && !signals.bad_beep_ && !signals.trigger_ && !signals.prevent_;
    if (declares_nothing && quirk.signals == HostSignals::report_4) {
        declare_report_4(signals.reports_);
        signals.good_beep_ = bit_of_report_4(6);
        signals.bad_beep_ = bit_of_report_4(5);
        signals.trigger_ = bit_of_report_4(2);
        signals.prevent_ = bit_of_report_4(1);
    }
    return signals;
}

/// Nothing asked for but what holds on: that reading is blocked.
HidHostReport ScannerSignals::at_rest(const HidPlace& place) const {
    auto report = blank_report(reports_, place);
    const bool shares_report = prevent_ && prevent_->report_id == place.report_id;
    if (is_blocked_ && shares_report) switch_on(report, *prevent_);
    return report;
}

std::vector<HidHostReport> ScannerSignals::asking_for(const Control& control) const {
    if (!control) return {};
    auto report = at_rest(*control);
    switch_on(report, *control);
    return {report};
}

std::vector<HidHostReport> ScannerSignals::set_trigger(bool on) const {
    if (on || !trigger_) return asking_for(trigger_);
    auto reports = asking_for(prevent_);  // stops a reading that goes on
    reports.push_back(at_rest(*trigger_));
    return reports;
}

std::vector<HidHostReport> ScannerSignals::set_blocked(bool blocked) {
    if (!prevent_) return {};
    is_blocked_ = blocked;
    return {at_rest(*prevent_)};
}

}  // namespace kenpin::decode
