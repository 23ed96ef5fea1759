#pragma once
// The devices of a packing bench as models.
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/usb_model.hpp"

namespace kenpin::support {

inline constexpr std::uint8_t in_1 = 0x81, in_2 = 0x82, out_1 = 0x01;

/// A HID-POS scanner: reports of 64 bytes with length, AIM identifier, 56 bytes of data, "more follows".
class PosScanner : public UsbModel {
public:
    explicit PosScanner(std::string serial_string = "SCN0001", std::uint16_t vid = 0x05F9,
                        std::uint16_t pid = 0x2216);
    /// The reports of one scan.
    static std::vector<std::string> reports(std::string_view aim, std::string_view code);
    /// Through MockUsb::with().
    void scan(std::string_view aim, std::string_view code);
    void send(const std::string& report, int status = 0) { to_host[in_1].push_back({status, report}); }
};

/// A Symbol scanner: one byte of length, then the code, no usages.
class SymbolScanner : public UsbModel {
public:
    SymbolScanner();
    void scan(std::string_view code);
};

/// A Honeywell: a keyboard and, once it was told to, HID-POS on interface 1 with its own letter for the bars.
class HoneywellScanner : public UsbModel {
public:
    HoneywellScanner();
    Reply on_control(const Setup& setup, std::string_view data) override;
    /// Sent to HID-POS if the host woke it, else typed nowhere.
    void scan(char letter, std::string_view code);
    bool is_awake = false;
};

/// A scanner that types. `reports`: as the boot protocol has them.
class WedgeScanner : public UsbModel {
public:
    explicit WedgeScanner(std::uint16_t vid = 0x04DA, std::uint16_t pid = 0x1160);
    void type(const std::vector<std::string>& reports);
};

/// 0922:8003: status, unit, exponent, weight.
class Scale : public UsbModel {
public:
    Scale();
    void weigh(int status, int unit, int exponent, int value);
};

/// A bidirectional label printer.
class LabelPrinter : public UsbModel {
public:
    LabelPrinter();
    Reply on_control(const Setup& setup, std::string_view data) override;
    Reply on_out(std::uint8_t endpoint, std::string_view data) override;

    std::string device_id = "MFG:Emulated;CMD:ZPL;MDL:Label 203;SN:PRN0001;";
    int length_error = 0;  // of what it says the device id's length is
    std::uint8_t status = 0x18;
    bool knows_reset_21 = true;
    int resets_21 = 0, resets_23 = 0;
    std::string printed;                 // every byte that reached it
    std::size_t takes_until = SIZE_MAX;  // bytes of its life; then `then`
    Reply then{};
};

/// A mouse-like thing of the desktop: nothing we may touch.
class TouchScreen : public UsbModel {
public:
    TouchScreen();
};

class Hub : public UsbModel {
public:
    Hub();
};

/// A Zebra in a mode that only its maker's driver speaks.
class SnapiScanner : public UsbModel {
public:
    SnapiScanner();
};

}  // namespace kenpin::support
