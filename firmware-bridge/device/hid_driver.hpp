#pragma once
// HID scanners and scales. Their report descriptor says what they are and where in their reports things lie;
// the readers of firmware-bridge/decode do the rest.
#include <optional>
#include <string>
#include <variant>

#include "firmware-bridge/decode/hid_pos.hpp"
#include "firmware-bridge/decode/hid_scale.hpp"
#include "firmware-bridge/decode/quirks.hpp"
#include "firmware-bridge/decode/scanner_signals.hpp"
#include "firmware-bridge/device/usb_driver.hpp"

namespace kenpin::device {

class HidDriver : public UsbDriver {
public:
    /// `descriptor`: as the kernel knows it; empty: the device is asked for it.
    HidDriver(const decode::Quirk& quirk, const std::string& descriptor);

    void begin(Wire& wire) override;
    State state() const override { return state_; }
    void describe(Attachment& device) const override;
    bool knows_its_kind() const override { return state_ == State::ready; }
    bool brings_scans() const override { return std::holds_alternative<Scanner>(role_); }
    std::size_t read_bytes() const override { return read_bytes_; }

    void on_answer(Wire& wire, const Finished& answer, Mono now, Teller& tell) override;
    void on_read(std::string_view bytes, Mono now, Teller& tell) override;
    void on_cut(bool is_over, Teller& tell) override;
    Mono quiet_until(Mono since) const override;
    void on_quiet(Teller& tell) override;

    void beep(Wire& wire, protocol::Beep beep) override;
    void set_trigger(Wire& wire, bool on) override;
    void set_blocked(Wire& wire, bool blocked) override;
    void zero(Wire& wire) override;

private:
    struct Scanner {
        decode::HidPosReader reader;
        decode::ScannerSignals signals;
    };
    struct Scale {
        decode::HidScaleReader reader;
    };
    struct Nothing {};

    void learn(const std::string& descriptor);
    void wake(Wire& wire);
    void set(Wire& wire, const std::vector<decode::HidHostReport>& reports);

    decode::Quirk quirk_;
    std::variant<Nothing, Scanner, Scale> role_;
    State state_ = State::getting_ready;
    std::size_t read_bytes_ = 0;
};

}  // namespace kenpin::device
