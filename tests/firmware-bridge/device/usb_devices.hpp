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

}  // namespace kenpin::support
