#include "tests/support/usb_model.hpp"

#include <cerrno>

namespace kenpin::support {
namespace {

constexpr std::uint8_t get_descriptor = 6, set_report = 9, clear_feature = 1;

std::string bytes(std::initializer_list<int> values) {
    std::string out;
    for (const int value : values) out += static_cast<char>(value);
    return out;
}

std::string word(std::size_t value) {
    return bytes({static_cast<int>(value & 0xFF), static_cast<int>(value >> 8 & 0xFF)});
}

std::string endpoint(std::uint8_t address, const ModelInterface& of) {
    return bytes({7, 5, address, of.attributes}) + word(of.packet_bytes) +
           bytes({of.attributes == 3 ? 10 : 0});
}

std::string described(const ModelInterface& one) {
    const int endpoints = (one.in != 0 ? 1 : 0) + (one.out != 0 ? 1 : 0);
    auto text = bytes({9, 4, one.number, 0, endpoints, one.device_class, one.subclass, one.protocol, 0});
    if (one.device_class == 3)
        text += bytes({9, 0x21, 0x11, 1, 0, 1, 0x22}) + word(one.report_descriptor.size());
    if (one.in != 0) text += endpoint(one.in, one);
    if (one.out != 0) text += endpoint(one.out, one);
    return text;
}

}  // namespace

std::string UsbModel::device_descriptor() const {
    return bytes({18, 1, 0, 2, device_class, 0, 0, 64}) + word(vid) + word(pid) +
           bytes({0, 1, 1, 2, serial.empty() ? 0 : 3, 1});
}

std::string UsbModel::configuration() const {
    std::string all;
    for (const auto& one : interfaces) all += described(one);
    return bytes({9, 2}) + word(all.size() + 9) +
           bytes({static_cast<int>(interfaces.size()), 1, 0, 0xC0, 50}) + all;
}

Reply UsbModel::on_control(const Setup& setup, std::string_view data) {
    if (setup.type == 0x81 && setup.request == get_descriptor && setup.value == 0x2200)
        for (const auto& one : interfaces)
            if (one.number == setup.index) return {.bytes = one.report_descriptor};
    if (setup.type == 0x21 && setup.request == set_report) {
        reports_set.push_back(bytes({setup.value >> 8, setup.value & 0xFF}) + std::string(data));
        return {};
    }
    if (setup.type == 0x02 && setup.request == clear_feature) return {};
    return {.status = -EPIPE};
}

Reply UsbModel::on_out(std::uint8_t, std::string_view) {
    return {};
}

}  // namespace kenpin::support
