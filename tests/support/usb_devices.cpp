#include "tests/support/usb_devices.hpp"

#include <algorithm>
#include <cerrno>

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

std::string plain_descriptor() {  // 64 bytes in, of the vendor's own page, no report ids
    return bytes({0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF,
                  0x00, 0x75, 0x08, 0x95, 0x40, 0x09, 0x02, 0x81, 0x02, 0xC0});
}

std::string keyboard_descriptor() {  // HID 1.11, appendix B.1
    return bytes({0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15,
                  0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,
                  0x81, 0x01, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91,
                  0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,
                  0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0});
}

std::string scale_descriptor() {
    return bytes({
        0x05, 0x8D, 0x09, 0x20, 0xA1, 0x01,                                                  // scale
        0x85, 0x03, 0x09, 0x32, 0xA1, 0x02,                                                  // data report 3
        0x09, 0x70, 0xA1, 0x02, 0x19, 0x71, 0x29, 0x78, 0x15, 0x01, 0x25, 0x08, 0x75, 0x08,  // status
        0x95, 0x01, 0x81, 0x00, 0xC0,                                                        //
        0x09, 0x50, 0xA1, 0x02, 0x19, 0x51, 0x29, 0x5C, 0x15, 0x01, 0x25, 0x0C, 0x75, 0x08,  // unit
        0x95, 0x01, 0x81, 0x00, 0xC0,                                                        //
        0x09, 0x41, 0x15, 0x81, 0x25, 0x7F, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02,              // exponent
        0x09, 0x40, 0x15, 0x00, 0x27, 0xFF, 0xFF, 0x00, 0x00, 0x75, 0x10, 0x95, 0x01, 0x81, 0x02, 0xC0, 0x85,
        0x02, 0x09, 0x31, 0xA1, 0x02, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01,  // control report
                                                                                       // 2
        0x09, 0x80, 0x91, 0x02, 0x95, 0x07, 0x91, 0x03, 0xC0, 0xC0,                    // zero
    });
}

std::string touch_descriptor() {
    return bytes({0x05, 0x0D, 0x09, 0x04, 0xA1, 0x01, 0x09, 0x42, 0x15, 0x00, 0x25, 0x01, 0x75, 0x08, 0x95,
                  0x01, 0x81, 0x02, 0xC0});
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

SymbolScanner::SymbolScanner() : UsbModel(0x05E0, 0x0600) {
    interfaces.push_back({.in = in_1, .report_descriptor = plain_descriptor()});
}

void SymbolScanner::scan(std::string_view code) {
    auto report = bytes({static_cast<int>(code.size())}) + std::string(code);
    report.resize(64);
    to_host[in_1].push_back({.bytes = report});
}

HoneywellScanner::HoneywellScanner() : UsbModel(0x0C2E, 0x0B6A) {
    interfaces.push_back({.subclass = 1,
                          .protocol = 1,
                          .in = in_1,
                          .packet_bytes = 8,
                          .report_descriptor = keyboard_descriptor()});
    interfaces.push_back({.number = 1, .in = in_2, .report_descriptor = pos_descriptor()});
}

Reply HoneywellScanner::on_control(const Setup& setup, std::string_view data) {
    const bool is_wake =
        setup.type == 0x21 && setup.request == 9 && setup.value == 0x03FE && setup.index == 1;
    if (is_wake && data == "\xFE\x01") is_awake = true;
    return UsbModel::on_control(setup, data);
}

void HoneywellScanner::scan(char letter, std::string_view code) {
    if (!is_awake) return;
    auto report = PosScanner::reports(std::string_view("\0\0\0", 3), code).at(0);
    report[61] = letter;
    to_host[in_2].push_back({.bytes = report});
}

WedgeScanner::WedgeScanner(std::uint16_t vendor, std::uint16_t product_id) : UsbModel(vendor, product_id) {
    interfaces.push_back({.subclass = 1,
                          .protocol = 1,
                          .in = in_1,
                          .packet_bytes = 8,
                          .report_descriptor = keyboard_descriptor()});
}

void WedgeScanner::type(const std::vector<std::string>& reports) {
    for (const auto& report : reports) to_host[in_1].push_back({.bytes = report});
}

Scale::Scale() : UsbModel(0x0922, 0x8003) {
    serial = "SCL0001";
    interfaces.push_back({.in = in_1, .packet_bytes = 8, .report_descriptor = scale_descriptor()});
}

void Scale::weigh(int status, int unit, int exponent, int value) {
    to_host[in_1].push_back({.bytes = bytes({3, status, unit, exponent, value & 0xFF, value >> 8})});
}

LabelPrinter::LabelPrinter() : UsbModel(0x0A5F, 0x0166) {
    serial = "PRN0001";
    interfaces.push_back(
        {.device_class = 7, .subclass = 1, .protocol = 2, .in = in_2, .out = out_1, .attributes = 2});
}

Reply LabelPrinter::on_control(const Setup& setup, std::string_view data) {
    if (setup.type == 0xA1 && setup.request == 0) {
        if (device_id.empty()) return {.status = -EPIPE};
        const auto length = static_cast<int>(device_id.size()) + 2 + length_error;
        return {.bytes = bytes({length >> 8, length & 0xFF}) + device_id};
    }
    if (setup.type == 0xA1 && setup.request == 1) return {.bytes = bytes({status})};
    if (setup.request == 2 && setup.type == 0x21) {
        if (!knows_reset_21) return {.status = -EPIPE};
        ++resets_21;
        return {};
    }
    if (setup.request == 2 && setup.type == 0x23) {
        ++resets_23;
        return {};
    }
    return UsbModel::on_control(setup, data);
}

Reply LabelPrinter::on_out(std::uint8_t, std::string_view data) {
    const auto room = takes_until - std::min(takes_until, printed.size());
    const auto taken = data.substr(0, room);
    printed += taken;
    if (taken.size() == data.size()) return {};
    auto reply = then;
    reply.taken = taken.size();
    return reply;
}

TouchScreen::TouchScreen() : UsbModel(0x0EEF, 0x0001) {
    interfaces.push_back({.in = in_1, .report_descriptor = touch_descriptor()});
}

Hub::Hub() : UsbModel(0x05E3, 0x0608) {
    device_class = 9;
    interfaces.push_back({.device_class = 9, .in = in_1, .packet_bytes = 1});
}

SnapiScanner::SnapiScanner() : UsbModel(0x05E0, 0x1900) {
    interfaces.push_back({.device_class = 0xFF, .in = in_1});
}

}  // namespace kenpin::support
