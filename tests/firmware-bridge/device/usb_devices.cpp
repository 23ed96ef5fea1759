#include "tests/firmware-bridge/device/usb_devices.hpp"

#include <algorithm>

namespace kenpin::support {
namespace {

std::string bytes(std::initializer_list<int> values) {
    std::string out;
    for (const int value : values) out += static_cast<char>(value);
    return out;
}

// Input report 2 with the usages of page 0x8C, output report 4 with error beep, good-read beep, trigger and
// block bits.
std::string pos_descriptor() {
    return bytes({
        0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01,                                      // scanner
        0x09, 0x12, 0xA1, 0x02, 0x85, 0x02,                                      // scanned data, report 2
        0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,                                //
        0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02,                          // byte count
        0x95, 0x03, 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x81, 0x02,  // AIM identifier
        0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01,                                // decoded data
        0x95, 0x01, 0x06, 0x66, 0xFF, 0x09, 0x04, 0x81, 0x02,                    // vendor's letter
        0x09, 0x00, 0x81, 0x02,                                                  // reserved
        0x05, 0x8C, 0x09, 0xFF, 0x75, 0x01, 0x25, 0x01, 0x81, 0x02,              // continued
        0x75, 0x07, 0x81, 0x03, 0xC0,                                            //
        0x09, 0x14, 0xA1, 0x02, 0x85, 0x04, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01,  // report 4
        0x95, 0x01, 0x09, 0x00, 0x91, 0x03,                                      // bit 0
        0x09, 0x5F, 0x91, 0x02,                                                  // prevent read
        0x09, 0x60, 0x91, 0x02,                                                  // initiate read
        0x95, 0x02, 0x91, 0x03,                                                  //
        0x95, 0x01, 0x09, 0x85, 0x91, 0x02,                                      // error beep
        0x09, 0x86, 0x91, 0x02,                                                  // good-read beep
        0x91, 0x03, 0xC0, 0xC0,
    });
}

constexpr std::size_t data_bytes = 56, continued_at = 63;

}  // namespace

PosScanner::PosScanner(std::string serial_string, std::uint16_t vendor, std::uint16_t product_id)
    : UsbModel(vendor, product_id) {
    serial = std::move(serial_string);
    product = "Scanner";
    interfaces.push_back({.in = in_1, .report_descriptor = pos_descriptor()});
}

std::vector<std::string> PosScanner::reports(std::string_view aim, std::string_view code) {
    std::vector<std::string> all;
    do {
        const auto part = code.substr(0, data_bytes);
        code.remove_prefix(part.size());
        auto report = bytes({2, static_cast<int>(part.size())}) + std::string(aim) + std::string(part);
        report.resize(continued_at + 1);
        report[continued_at] = code.empty() ? 0 : 1;
        all.push_back(std::move(report));
    } while (!code.empty());
    return all;
}

void PosScanner::scan(std::string_view aim, std::string_view code) {
    for (const auto& report : reports(aim, code)) send(report);
}

}  // namespace kenpin::support
