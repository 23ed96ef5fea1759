#include "firmware-bridge/device/hid_driver.hpp"

#include <utility>

#include "core/base/overloaded.hpp"

namespace kenpin::device {
namespace {

enum Tag { descriptor_tag = 1, report_tag };

constexpr Request get_report_descriptor{0x81, 6, 0x2200, 0};    // HID 1.11, 7.1.1; wIndex: the interface
constexpr std::uint8_t set_report_type = 0x21, set_report = 9;  // 7.2.2; wValue: kind << 8 | report id
constexpr std::uint16_t output_kind = 2, feature_kind = 3;

Request set_request(const decode::HidHostReport& report, std::uint8_t interface) {
    const auto kind = report.direction == decode::HidDirection::feature ? feature_kind : output_kind;
    return {set_report_type, set_report, static_cast<std::uint16_t>(kind << 8 | report.report_id), interface};
}

}  // namespace

HidDriver::HidDriver(const decode::Quirk& quirk, const std::string& descriptor) : quirk_(quirk) {
    if (!descriptor.empty()) learn(descriptor);
}

void HidDriver::begin(Wire& wire) {
    if (state_ == State::ready) return wake(wire);
    state_ = State::getting_ready;
    auto request = get_report_descriptor;
    request.index = wire.plan().number;
    wire.ask(descriptor_tag, request, {}, decode::hid_descriptor_bytes);
}

void HidDriver::learn(const std::string& descriptor) {
    state_ = State::not_ours;
    const auto reports = decode::parse_hid_descriptor(descriptor);
    if (!reports) return;
    const auto role = decode::role_of(reports.value(), quirk_);
    if (role == decode::HidRole::scanner) {
        auto reader = decode::HidPosReader::for_device(reports.value(), quirk_);
        if (!reader) return;
        role_ = Scanner{std::move(*reader), decode::ScannerSignals::for_device(reports.value(), quirk_)};
    } else if (role == decode::HidRole::scale) {
        auto reader = decode::HidScaleReader::for_device(reports.value());
        if (!reader) return;
        role_ = Scale{std::move(*reader)};
    } else {
        return;
    }
    read_bytes_ = decode::longest_report(reports.value(), decode::HidDirection::input);
    state_ = State::ready;
}

/// Its answer does not matter: who refuses it does not need it.
void HidDriver::wake(Wire& wire) {
    if (quirk_.wake_feature.empty()) return;
    const std::string bytes(quirk_.wake_feature);
    set(wire, {{decode::HidDirection::feature, static_cast<std::uint8_t>(bytes[0]), bytes}});
}

void HidDriver::set(Wire& wire, const std::vector<decode::HidHostReport>& reports) {
    for (const auto& report : reports)
        wire.ask(report_tag, set_request(report, wire.plan().number), report.bytes, 0);
}

void HidDriver::on_answer(Wire& wire, const Finished& answer, Mono, Teller&) {
    if (answer.tag != descriptor_tag) return;
    if (answer.end != TransferEnd::good) {
        state_ = State::failed;
        return;
    }
    learn(answer.bytes);
    if (state_ == State::ready) wake(wire);
}

void HidDriver::describe(Attachment& device) const {
    if (const auto* scanner = std::get_if<Scanner>(&role_)) {
        device.kind = Kind::scanner;
        device.caps = {.beep = scanner->signals.can_beep(), .trigger = scanner->signals.can_trigger()};
    } else if (const auto* scale = std::get_if<Scale>(&role_)) {
        device.kind = Kind::scale;
        device.caps = {.zero = scale->reader.zero().has_value()};
    }
}

void HidDriver::on_read(std::string_view bytes, Mono now, Teller& tell) {
    if (auto* scanner = std::get_if<Scanner>(&role_)) {
        auto read = scanner->reader.take(bytes);
        if (read.half_scan) tell.news.emplace_back(Faulty{tell.handle, "half_scan"});
        if (read.too_long) tell.news.emplace_back(Faulty{tell.handle, "too_long"});
        if (read.malformed) tell.news.emplace_back(Faulty{tell.handle, "malformed"});
        if (read.scan) tell.news.emplace_back(Scanned{tell.handle, now, std::move(*read.scan)});
    } else if (const auto* scale = std::get_if<Scale>(&role_)) {
        if (const auto weight = scale->reader.take(bytes))
            tell.news.emplace_back(Weighed{tell.handle, now, *weight});
    }
}

void HidDriver::on_cut(bool, Teller& tell) {
    auto* scanner = std::get_if<Scanner>(&role_);
    if (scanner != nullptr && scanner->reader.error())
        tell.news.emplace_back(Faulty{tell.handle, "half_scan"});
}

Mono HidDriver::quiet_until(Mono since) const {
    const auto* scanner = std::get_if<Scanner>(&role_);
    return scanner != nullptr && scanner->reader.is_inside() ? since + decode::half_scan_silence
                                                             : Mono::max();
}

void HidDriver::on_quiet(Teller& tell) {
    if (auto* scanner = std::get_if<Scanner>(&role_); scanner != nullptr && scanner->reader.silence())
        tell.news.emplace_back(Faulty{tell.handle, "half_scan"});
}

void HidDriver::beep(Wire& wire, protocol::Beep beep) {
    const auto* scanner = std::get_if<Scanner>(&role_);
    if (scanner == nullptr) return;
    set(wire, beep == protocol::Beep::good ? scanner->signals.good_beep() : scanner->signals.bad_beep());
}

void HidDriver::set_trigger(Wire& wire, bool on) {
    if (const auto* scanner = std::get_if<Scanner>(&role_)) set(wire, scanner->signals.set_trigger(on));
}

void HidDriver::set_blocked(Wire& wire, bool blocked) {
    if (auto* scanner = std::get_if<Scanner>(&role_)) set(wire, scanner->signals.set_blocked(blocked));
}

void HidDriver::zero(Wire& wire) {
    const auto* scale = std::get_if<Scale>(&role_);
    if (scale == nullptr) return;
    if (const auto report = scale->reader.zero()) set(wire, {*report});
}

}  // namespace kenpin::device
