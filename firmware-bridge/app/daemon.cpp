#include "firmware-bridge/app/daemon.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <poll.h>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"

namespace kenpin::app {

using protocol::BridgeDevice;
using protocol::DeviceChange;

namespace {

constexpr std::size_t first_scanner = 3;  // in watched(): after the stop signal, the listener and the station

Mono now() {
    return std::chrono::steady_clock::now();
}

/// For the journal. Never what was scanned.
void log(const std::string& line) {
    std::fprintf(stderr, "kenpin-bridge: %s\n", line.c_str());
}

void log(const BridgeDevice& news) {
    const char* what = news.change == DeviceChange::add      ? "is there"
                       : news.change == DeviceChange::remove ? "is gone"
                                                             : "fault ";
    log("scanner " + news.dev.value + " " + what + news.reason);
}

}  // namespace

Daemon::Daemon(StationListener listener, std::vector<SerialScanner> scanners, protocol::BridgeRun run)
    : listener_(std::move(listener)), scanners_(std::move(scanners)), run_(std::move(run)) {}

std::size_t Daemon::room() const {
    return limits::bridge_ring - std::min(ring_.waiting(), limits::bridge_ring);
}

std::vector<pollfd> Daemon::watched(int stop_fd) const {
    const auto station_events = static_cast<short>(POLLIN | (station_is_slow_ ? POLLOUT : 0));
    std::vector<pollfd> fds{{stop_fd, POLLIN, 0},
                            {listener_.fd(), POLLIN, 0},
                            {station_ ? station_->fd() : -1, station_events, 0}};
    for (const auto& scanner : scanners_) fds.push_back({ring_.is_full() ? -1 : scanner.fd(), POLLIN, 0});
    return fds;
}

int Daemon::wait_ms(Mono at) const {
    auto wake = Mono::max();
    for (const auto& scanner : scanners_)
        if (!scanner.is_there() || !ring_.is_full()) wake = std::min(wake, scanner.next_wake());
    if (wake == Mono::max()) return -1;
    return static_cast<int>(std::max<std::int64_t>(0, std::chrono::ceil<Millis>(wake - at).count()));
}

void Daemon::run(int stop_fd) {
    while (true) {
        auto fds = watched(stop_fd);
        poll(fds.data(), fds.size(), wait_ms(now()));
        if (fds[0].revents != 0) return;
        if (fds[1].revents != 0) welcome();
        if (fds[2].revents != 0) hear_station();
        read_scanners(&fds[first_scanner]);
        send_waiting();
    }
}

// ---- the station
// ----------------------------------------------------------------------------------------------------

void Daemon::welcome() {
    auto link = listener_.accept();
    if (!link) return log(link.error().detail);
    if (station_) return log("a second station is turned away");  // its end closes; it may try again
    station_ = std::move(link).value();
    station_is_slow_ = false;
    letters_.clear();
    ring_.send_again();
    log("station is there, " + std::to_string(ring_.waiting()) + " scans wait for it");
    tell(protocol::BridgeHello{protocol::bridge_version, run_});
    for (const auto& scanner : scanners_)
        if (scanner.is_there()) tell(scanner.news(DeviceChange::add));
    if (full_was_said_) tell(BridgeDevice{DeviceChange::fault, {}, "bridge", "scans_waiting"});
}

void Daemon::lose_station(const Error& why) {
    log("station is gone (" + why.detail + ")");
    station_.reset();
    letters_.clear();
    station_is_slow_ = false;
}

void Daemon::hear_station() {
    station_is_slow_ = false;
    while (station_) {
        const auto packet = station_->receive();
        if (!packet) return lose_station(packet.error());
        if (!packet.value()) return;
        const auto message = protocol::bridge_down_from_packet(*packet.value());
        if (!message) return lose_station(message.error());
        obey(message.value());
    }
}

void Daemon::obey(const protocol::BridgeDown& message) {
    std::visit(Overloaded{[&](const protocol::BridgeAck& ack) {
                              ring_.acknowledge(ack.seq);
                              if (!ring_.is_full()) full_was_said_ = false;
                          },
                          [&](const protocol::BridgeBeep& beep) {
                              for (auto& scanner : scanners_)
                                  if (beep.dev.value.empty() || beep.dev == scanner.id())
                                      scanner.beep(beep.beep);
                          }},
               message);
}

void Daemon::tell(const protocol::BridgeUp& message) {
    if (!station_) return;
    if (letters_.size() >= limits::inbox_small)
        return lose_station({Error::Kind::full, "it takes no more device news"});
    letters_.push_back(protocol::to_packet(message));
}

bool Daemon::send(const std::string& packet) {
    const auto sent = station_->send(packet);
    if (!sent) lose_station(sent.error());
    station_is_slow_ = sent && !sent.value();
    return sent && sent.value();
}

void Daemon::send_waiting() {
    if (station_is_slow_) return;
    while (station_ && !letters_.empty()) {
        if (!send(letters_.front())) return;
        letters_.pop_front();
    }
    while (const auto* scan = station_ ? ring_.next_to_send() : nullptr) {
        if (!send(protocol::to_packet(*scan))) return;
        ring_.mark_sent(scan->seq);
    }
}

// ---- the scanners
// ---------------------------------------------------------------------------------------------------

void Daemon::read_scanners(const pollfd* first) {
    for (std::size_t i = 0; i < scanners_.size(); ++i) {
        if (first[i].revents != 0 && room() > 0) take(scanners_[i].on_readable(now(), room()));
        if (!scanners_[i].is_there() || room() > 0) take(scanners_[i].on_time(now(), room()));
    }
    say_if_full();
}

void Daemon::take(ScannerNews news) {
    for (auto& scan : news.scans) ring_.add(std::move(scan));
    for (const auto& change : news.changes) {
        log(change);
        tell(change);
    }
    if (!news.note.empty()) log(news.note);
}

void Daemon::say_if_full() {
    if (!ring_.is_full() || full_was_said_) return;
    full_was_said_ = true;
    log("ring full: scanners are not read until the station acknowledges");
    tell(BridgeDevice{DeviceChange::fault, {}, "bridge", "scans_waiting"});
    for (auto& scanner : scanners_) scanner.beep(protocol::Beep::bad);
}

}  // namespace kenpin::app
