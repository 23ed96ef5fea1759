#include "firmware-bridge/app/serial_scanner.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "firmware-bridge/decode/aim.hpp"

namespace kenpin::app {

using protocol::BridgeDevice;
using protocol::BridgeScan;
using protocol::DeviceChange;

namespace {

std::int64_t nanoseconds(Mono at) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(at.time_since_epoch()).count();
}

}  // namespace

SerialScanner::SerialScanner(SerialScannerOptions options)
    : options_(std::move(options)), framer_(options_.framing), patience_(limits::device_reopen_first) {}

BridgeDevice SerialScanner::news(DeviceChange change, std::string reason) const {
    return {change, options_.id, "serial", std::move(reason)};
}

Mono SerialScanner::next_wake() const {
    if (!port_) return look_at_;
    return framer_.is_inside() ? last_byte_ + decode::half_scan_silence : Mono::max();
}

void SerialScanner::look_for_it(Mono now, ScannerNews& news_out) {
    auto port = device::SerialPort::open(options_.path, options_.baud);
    if (port) {
        port_ = std::move(port).value();
        patience_ = limits::device_reopen_first;
        why_away_.clear();
        news_out.changes.push_back(news(DeviceChange::add));
        return;
    }
    if (why_away_ != port.error().detail) news_out.note = why_away_ = port.error().detail;
    look_at_ = now + patience_;
    patience_ = std::min(2 * patience_, limits::device_reopen_longest);
}

void SerialScanner::lose_it(Mono now, ScannerNews& news_out) {
    port_.reset();
    if (framer_.silence() > 0) news_out.changes.push_back(news(DeviceChange::fault, "half_scan"));
    news_out.changes.push_back(news(DeviceChange::remove));
    look_at_ = now + patience_;
}

void SerialScanner::take(const std::string& bytes, Mono now, ScannerNews& news_out) {
    last_byte_ = now;
    const auto framed = framer_.take(bytes);
    for (const auto& whole : framed.scans) {
        auto found = decode::identify(whole);
        news_out.scans.push_back({{},
                                  nanoseconds(now),
                                  options_.id,
                                  found.symbology,
                                  std::move(found.aim),
                                  std::move(found.bytes)});
    }
    if (framed.too_long > 0) news_out.changes.push_back(news(DeviceChange::fault, "too_long"));
}

ScannerNews SerialScanner::on_readable(Mono now, std::size_t room) {
    ScannerNews news_out;
    if (!port_) return news_out;
    const auto bytes = port_->read_available(room);
    if (!bytes)
        lose_it(now, news_out);
    else if (!bytes.value().empty())
        take(bytes.value(), now, news_out);
    return news_out;
}

ScannerNews SerialScanner::on_time(Mono now, std::size_t room) {
    ScannerNews news_out;
    if (now < next_wake()) return news_out;
    if (!port_) {
        look_for_it(now, news_out);
        return news_out;
    }
    news_out = on_readable(now, room);  // we may be late: silence is only what the line says now
    if (now >= next_wake() && port_ && framer_.silence() > 0)
        news_out.changes.push_back(news(DeviceChange::fault, "half_scan"));
    return news_out;
}

void SerialScanner::beep(protocol::Beep beep) {
    const auto& bytes = beep == protocol::Beep::good ? options_.good_beep : options_.bad_beep;
    if (port_ && !bytes.empty())
        (void)port_->write(bytes);  // a beep that is not heard is not worth a second try
}

}  // namespace kenpin::app
