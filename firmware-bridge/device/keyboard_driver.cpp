#include "firmware-bridge/device/keyboard_driver.hpp"

#include <utility>

namespace kenpin::device {
namespace {

enum Tag { descriptor_tag = 1, set_up_tag };

constexpr std::size_t boot_report_bytes = 8;
constexpr Request get_report_descriptor{0x81, 6, 0x2200, 0};                       // HID 1.11, 7.1.1
constexpr std::uint8_t to_interface = 0x21, set_idle = 0x0A, set_protocol = 0x0B;  // 7.2.4, 7.2.6
constexpr std::uint16_t boot_protocol = 0, report_protocol = 1, only_when_changed = 0;

}  // namespace

KeyboardDriver::KeyboardDriver(const Typing& typing, const std::string& descriptor)
    : typing_(typing), scans_(typing.layout, typing.end), read_bytes_(boot_report_bytes) {
    if (!descriptor.empty()) learn(descriptor);
}

void KeyboardDriver::learn(const std::string& descriptor) {
    const auto reports = decode::parse_hid_descriptor(descriptor);
    auto reader = reports ? decode::HidKeyboardReader::for_device(reports.value()) : std::nullopt;
    if (!reader) return;
    reader_ = std::move(*reader);
    read_bytes_ = decode::longest_report(reports.value(), decode::HidDirection::input);
    is_boot_ = false;
}

void KeyboardDriver::begin(Wire& wire) {
    if (!is_boot_) return set_up(wire);
    auto request = get_report_descriptor;
    request.index = wire.plan().number;
    wire.ask(descriptor_tag, request, {}, decode::hid_descriptor_bytes);
}

/// The answers do not matter: who refuses these behaves so already, or knows no boot protocol.
void KeyboardDriver::set_up(Wire& wire) {
    const auto protocol = is_boot_ ? boot_protocol : report_protocol;
    wire.ask(set_up_tag, {to_interface, set_protocol, protocol, wire.plan().number}, {}, 0);
    wire.ask(set_up_tag, {to_interface, set_idle, only_when_changed, wire.plan().number}, {}, 0);
    state_ = State::ready;
}

void KeyboardDriver::on_answer(Wire& wire, const Finished& answer, Mono, Teller&) {
    if (answer.tag != descriptor_tag) return;
    if (answer.end == TransferEnd::good) learn(answer.bytes);
    set_up(wire);
}

void KeyboardDriver::on_read(std::string_view bytes, Mono now, Teller& tell) {
    last_key_ = now;
    for (const auto event : reader_.take(bytes)) say(scans_.take(event), now, tell);
}

void KeyboardDriver::say(const decode::KeyScanned& typed, Mono at, Teller& tell) {
    if (typed.half_scan) tell.news.emplace_back(Faulty{tell.handle, "half_scan"});
    if (typed.too_long) tell.news.emplace_back(Faulty{tell.handle, "too_long"});
    if (typed.scan) tell.news.emplace_back(Scanned{tell.handle, at, *typed.scan});
}

/// A key may have been lost, or its release: begun scans and held keys are forgotten.
void KeyboardDriver::on_cut(bool, Teller& tell) {
    if (scans_.is_inside()) tell.news.emplace_back(Faulty{tell.handle, "half_scan"});
    scans_ = decode::KeyScans(typing_.layout, typing_.end);
    reader_.release_all();
}

Mono KeyboardDriver::quiet_until(Mono since) const {
    return scans_.is_inside() ? since + decode::key_gap : Mono::max();
}

void KeyboardDriver::on_quiet(Teller& tell) {
    say(scans_.silence(), last_key_, tell);
}

}  // namespace kenpin::device
