#pragma once
// A scanner that types, taken from the desktop: no focus, keymap or input method touches what it reads.
#include <optional>
#include <string>

#include "firmware-bridge/decode/keyboard.hpp"
#include "firmware-bridge/device/usb_driver.hpp"

namespace kenpin::device {

/// How this scanner was told to type.
struct Typing {
    decode::KeyLayout layout = decode::KeyLayout::us;
    decode::KeyScanEnd end = decode::KeyScanEnd::terminator;
    bool operator==(const Typing&) const = default;
};

class KeyboardDriver : public UsbDriver {
public:
    /// `descriptor`: as the kernel knows it; empty: the device is asked for it. One that has none it can tell
    /// is set to the boot protocol.
    KeyboardDriver(const Typing& typing, const std::string& descriptor);

    void begin(Wire& wire) override;
    State state() const override { return state_; }
    void describe(Attachment& device) const override { device.kind = Kind::keyboard_scanner; }
    bool knows_its_kind() const override { return true; }
    bool brings_scans() const override { return true; }
    std::size_t read_bytes() const override { return read_bytes_; }

    void on_answer(Wire& wire, const Finished& answer, Mono now, Teller& tell) override;
    void on_read(std::string_view bytes, Mono now, Teller& tell) override;
    void on_cut(bool is_over, Teller& tell) override;
    Mono quiet_until(Mono since) const override;
    void on_quiet(Teller& tell) override;

private:
    void learn(const std::string& descriptor);
    void set_up(Wire& wire);
    static void say(const decode::KeyScanned& typed, Mono at, Teller& tell);

    Typing typing_;
    decode::KeyScans scans_;
    decode::HidKeyboardReader reader_ = decode::HidKeyboardReader::boot();
    std::size_t read_bytes_;
    bool is_boot_ = true;
    State state_ = State::getting_ready;
    Mono last_key_{};
};

}  // namespace kenpin::device
