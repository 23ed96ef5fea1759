#include "firmware-bridge/app/daemon.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <poll.h>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "firmware-bridge/app/attached.hpp"

namespace kenpin::app {
namespace {

device::Mono now() {
    return std::chrono::steady_clock::now();
}

/// For the journal. Never what was scanned.
void log(const std::string& line) {
    std::fprintf(stderr, "kenpin-bridge: %s\n", line.c_str());
}

short poll_events(const device::Watched& watched) {
    return static_cast<short>((watched.readable ? POLLIN : 0) | (watched.writable ? POLLOUT : 0));
}

/// A weight that was not sent yet is worth nothing once there is a newer one.
bool replaces(const protocol::BridgeUp& newer, const protocol::BridgeUp& older) {
    const auto* weight = std::get_if<protocol::BridgeWeight>(&newer);
    const auto* before = std::get_if<protocol::BridgeWeight>(&older);
    return weight != nullptr && before != nullptr && weight->dev == before->dev;
}

}  // namespace

Daemon::Daemon(StationListener listener, Sources sources, Switchboard switchboard, protocol::BridgeRun run)
    : listener_(std::move(listener)),
      sources_(std::move(sources)),
      switchboard_(std::move(switchboard)),
      run_(std::move(run)) {}

std::vector<pollfd> Daemon::watched(int stop_fd) const {
    const auto station_events = static_cast<short>(POLLIN | (station_is_slow_ ? POLLOUT : 0));
    std::vector<pollfd> fds{{stop_fd, POLLIN, 0},
                            {listener_.fd(), POLLIN, 0},
                            {station_ ? station_->fd() : -1, station_events, 0}};
    for (const auto& source : sources_)
        for (const auto& each : source->watched(switchboard_.room()))
            fds.push_back({each.fd, poll_events(each), 0});
    return fds;
}

int Daemon::wait_ms() const {
    auto wake = device::Mono::max();
    for (const auto& source : sources_) wake = std::min(wake, source->next_wake());
    if (wake == device::Mono::max()) return -1;
    const auto left = std::chrono::ceil<Millis>(wake - std::min(wake, now())).count();
    return static_cast<int>(std::min<std::int64_t>(left, 60'000));
}

void Daemon::run(int stop_fd) {
    while (true) {
        auto fds = watched(stop_fd);
        poll(fds.data(), fds.size(), wait_ms());
        if (fds[0].revents != 0) return;
        if (fds[1].revents != 0) welcome();
        if (fds[2].revents != 0) hear_station();
        turn_sources();
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
    log("station is there, " + std::to_string(switchboard_.ring().waiting()) + " scans wait for it");
    letters_.emplace_back(protocol::BridgeHello{protocol::bridge_version, run_});
    run_all(switchboard_.welcome());
}

void Daemon::lose_station(const Error& why) {
    log("station is gone (" + why.detail + ")");
    station_.reset();
    letters_.clear();
    station_is_slow_ = false;
    switchboard_.station_left();
}

void Daemon::hear_station() {
    station_is_slow_ = false;
    while (station_) {
        const auto packet = station_->receive();
        if (!packet) return lose_station(packet.error());
        if (!packet.value()) return;
        if (!hear(*packet.value())) return;
    }
}

bool Daemon::hear(const Packet& packet) {
    const auto message = protocol::bridge_down_from_packet(packet.text);
    if (!message) return lose_station(message.error()), false;
    const auto* print = std::get_if<protocol::BridgePrint>(&message.value());
    if (print == nullptr) return run_all(switchboard_.obey(message.value())), true;
    auto bytes = read_attached(packet.attached.get(), print->bytes);
    if (!bytes) return lose_station(bytes.error()), false;
    return run_all(switchboard_.obey(message.value(), std::move(bytes).value())), true;
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
        if (!send(protocol::to_packet(letters_.front()))) return;
        letters_.pop_front();
    }
    auto& ring = switchboard_.ring();
    while (const auto* scan = station_ ? ring.next_to_send() : nullptr) {
        if (!send(protocol::to_packet(*scan))) return;
        ring.mark_sent(scan->seq);
    }
}

// ---- the devices
// ---------------------------------------------------------------------------------------------------

void Daemon::turn_sources() {
    for (const auto& source : sources_) {
        for (const auto& news : source->turn(now(), switchboard_.room())) {
            if (const auto* came = std::get_if<device::Came>(&news))
                source_of_[came->device.handle] = source.get();
            run_all(switchboard_.take(news));
            if (const auto* went = std::get_if<device::Went>(&news)) source_of_.erase(went->handle);
        }
    }
}

device::Source* Daemon::source_of(device::Handle handle) const {
    const auto found = source_of_.find(handle);
    return found == source_of_.end() ? nullptr : found->second;
}

// ---- effects
// ---------------------------------------------------------------------------------------------------------

void Daemon::run_all(Effects effects) {
    for (auto& effect : effects) std::visit([this](auto& one) { run_one(one); }, effect);
}

void Daemon::run_one(Tell& tell) {
    if (!station_) return;
    const auto older = std::find_if(letters_.begin(), letters_.end(),
                                    [&](const auto& letter) { return replaces(tell.message, letter); });
    if (older != letters_.end())
        *older = std::move(tell.message);
    else if (letters_.size() < limits::inbox_small)
        letters_.push_back(std::move(tell.message));
    else
        lose_station({Error::Kind::full, "it takes no more device news"});
}

void Daemon::run_one(SoundTone& tone) {
    if (auto* source = source_of(tone.device)) source->beep(tone.device, tone.beep);
}

void Daemon::run_one(SetTrigger& trigger) {
    if (auto* source = source_of(trigger.device)) source->set_trigger(trigger.device, trigger.on);
}

void Daemon::run_one(SetBlocked& block) {
    if (auto* source = source_of(block.device)) source->set_blocked(block.device, block.on);
}

void Daemon::run_one(SetZero& zero) {
    if (auto* source = source_of(zero.device)) source->zero(zero.device);
}

void Daemon::run_one(StartPrint& print) {
    if (auto* source = source_of(print.device))
        source->print(print.device, print.job, std::move(print.bytes));
}

void Daemon::run_one(ResetPrinter& reset) {
    if (auto* source = source_of(reset.device)) source->soft_reset(reset.device);
}

void Daemon::run_one(Remember& /*remember*/) {}

void Daemon::run_one(Journal& journal) {
    log(journal.line);
}

}  // namespace kenpin::app
