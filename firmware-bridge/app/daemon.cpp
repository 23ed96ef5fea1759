#include "firmware-bridge/app/daemon.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "firmware-bridge/app/attached.hpp"
#include "firmware-bridge/app/pairing_file.hpp"

namespace kenpin::app {
namespace {

device::Mono now() {
    return std::chrono::steady_clock::now();
}

/// For the journal. Never what was scanned. One line, whatever a device calls itself or a job is called.
void log(std::string line) {
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
        '.');
    std::fprintf(stderr, "kenpin-bridge: %s\n", line.c_str());
}

/// 0: none was there.
int taken_signal(int signal_fd) {
    signalfd_siginfo info{};
    return ::read(signal_fd, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
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

Result<Settings> Configuration::read() const {
    Settings settings;
    settings.has_usb = has_usb;
    if (!file.empty()) {
        auto from_file = read_settings(file);
        if (!from_file) return from_file.error();
        settings = std::move(from_file).value();
    }
    settings.devices.insert(settings.devices.end(), command_line.begin(), command_line.end());
    if (const auto distinct = check_distinct(settings.devices); !distinct) return distinct.error();
    return settings;
}

Daemon::Daemon(Places places, Configuration configuration, Switchboard switchboard, protocol::BridgeRun run)
    : listener_(std::move(places.station)),
      watchers_(std::move(places.watchers)),
      pairings_(std::move(places.pairings)),
      configuration_(std::move(configuration)),
      file_watch_(configuration_.file),
      manager_(places.service_manager),
      sources_(switchboard.devices().settings()),
      switchboard_(std::move(switchboard)),
      run_(std::move(run)) {
    if (!sources_.trouble().empty()) log(sources_.trouble());
}

std::vector<pollfd> Daemon::watched(int signal_fd) const {
    const auto station_events = static_cast<short>(POLLIN | (station_is_slow_ ? POLLOUT : 0));
    std::vector<pollfd> fds{{signal_fd, POLLIN, 0},
                            {file_watch_.fd(), POLLIN, 0},
                            {listener_.fd(), POLLIN, 0},
                            {station_ ? station_->fd() : -1, station_events, 0}};
    const auto add = [&](const std::vector<device::Watched>& more) {
        for (const auto& each : more) fds.push_back({each.fd, poll_events(each), 0});
    };
    add(watchers_.watched());
    for (const auto& source : sources_.all()) add(source->watched(switchboard_.room()));
    return fds;
}

int Daemon::wait_ms() const {
    auto wake = manager_.next_wake();
    for (const auto& source : sources_.all()) wake = std::min(wake, source->next_wake());
    if (wake == device::Mono::max()) return -1;
    const auto left = std::chrono::ceil<Millis>(wake - std::min(wake, now())).count();
    return static_cast<int>(std::min<std::int64_t>(left, 60'000));
}

void Daemon::run(int signal_fd) {
    manager_.say("READY=1");
    while (true) {
        auto fds = watched(signal_fd);
        poll(fds.data(), fds.size(), wait_ms());
        if (fds[0].revents != 0 && taken_signal(signal_fd) != SIGHUP) return;
        if (fds[0].revents != 0 || file_watch_.has_changed()) reload();
        if (fds[3].revents != 0) hear_station();  // before welcome(): it may have gone to come again
        if (fds[2].revents != 0) welcome();
        turn_sources();
        send_waiting();
        serve_watchers();
        manager_.still_alive(now());
    }
}

void Daemon::reload() {
    auto settings = configuration_.read();
    if (!settings) {
        log("configuration refused, the one before stays: " + settings.error().detail);
        return run_all({Tell{protocol::BridgeDevice{
            .change = protocol::DeviceChange::fault, .kind = "bridge", .reason = "configuration_refused"}}});
    }
    sources_.set(settings.value());
    if (!sources_.trouble().empty()) log(sources_.trouble());
    log("configuration taken, " + std::to_string(settings.value().devices.size()) + " records");
    run_all(switchboard_.set_settings(std::move(settings).value()));
}

void Daemon::serve_watchers() {
    watchers_.turn([this] {
        std::vector<protocol::BridgeUp> greeting{protocol::BridgeHello{protocol::bridge_version, run_}};
        for (const auto& known : switchboard_.devices().all())
            greeting.emplace_back(news_of(known, protocol::DeviceChange::add));
        return greeting;
    });
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
    for (const auto& letter : std::exchange(letters_, {})) switchboard_.not_told(letter);
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
    for (const auto& source : sources_.all()) {
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
    watchers_.tell(tell.message);
    if (!station_) return switchboard_.not_told(tell.message);
    const auto older = std::find_if(letters_.begin(), letters_.end(),
                                    [&](const auto& letter) { return replaces(tell.message, letter); });
    if (older != letters_.end())
        *older = std::move(tell.message);
    else if (letters_.size() < limits::inbox_small)
        letters_.push_back(std::move(tell.message));
    else {
        lose_station({Error::Kind::full, "it takes no more device news"});
        switchboard_.not_told(tell.message);
    }
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

void Daemon::run_one(Remember& remember) {
    if (pairings_.empty()) return log("pairings are kept until this bridge ends: it was given no --state");
    const auto written = write_pairings(pairings_, remember.pairings);
    if (written) return;
    log("pairing is not remembered: " + written.error().detail);
    Tell tell{protocol::BridgeDevice{
        .change = protocol::DeviceChange::fault, .kind = "bridge", .reason = "pairing_not_stored"}};
    run_one(tell);
}

void Daemon::run_one(Seen& seen) {
    watchers_.tell(seen);
}

void Daemon::run_one(Journal& journal) {
    log(journal.line);
}

}  // namespace kenpin::app
