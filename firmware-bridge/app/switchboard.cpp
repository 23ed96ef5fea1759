#include "firmware-bridge/app/switchboard.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/base/bridge_limits.hpp"
#include "core/base/limits.hpp"
#include "core/domain/barcode.hpp"
#include "firmware-bridge/app/packet_words.hpp"
#include "firmware-bridge/decode/checks.hpp"
#include "firmware-bridge/decode/gs1.hpp"
#include "firmware-bridge/decode/prefix.hpp"

namespace kenpin::app {

using device::Handle;
using protocol::BridgeDevice;
using protocol::DeviceChange;

namespace {

std::int64_t nanoseconds(device::Mono at) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(at.time_since_epoch()).count();
}

void operator+=(Effects& effects, Effects more) {
    effects.insert(effects.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string why_unusable(const Known& device) {
    if (device.attachment.kind == device::Kind::unsupported) return "unsupported";
    if (!device.trouble.empty()) return device.trouble;
    return device.is_assigned ? "" : "unassigned";
}

Effects told(BridgeDevice news) {
    const char* what = news.change == DeviceChange::add      ? " is there "
                       : news.change == DeviceChange::remove ? " is gone "
                                                             : " fault ";
    Journal line{news.kind + " " + news.dev.value + what + news.reason};
    Effects effects;
    effects.emplace_back(std::move(line));
    effects.emplace_back(Tell{std::move(news)});
    return effects;
}

BridgeDevice ring_is_full() {
    return {.change = DeviceChange::fault, .kind = "bridge", .reason = "scans_waiting"};
}

std::optional<domain::OwnCode> own_code(const decode::Identified& scan) {
    const auto code = domain::classify({scan.bytes, scan.symbology}, domain::Expect::anything);
    const auto* own = std::get_if<domain::OwnCode>(&code);
    return own == nullptr ? std::nullopt : std::optional(*own);
}

/// Its parts, when it is GS1 without fault.
std::optional<std::vector<protocol::Gs1Element>> gs1_parts(const decode::Identified& scan) {
    const auto reading = decode::gs1_of(scan);
    const auto* gs1 = reading ? std::get_if<decode::Gs1>(&*reading) : nullptr;
    if (gs1 == nullptr) return std::nullopt;
    std::vector<protocol::Gs1Element> parts;
    for (const auto& element : gs1->elements) parts.push_back({element.ai, element.value});
    return parts;
}

std::string check_of(const decode::Identified& scan) {
    const auto check = decode::check(scan);
    return check == decode::Check::nothing ? std::string{} : std::string(decode::name(check));
}

}  // namespace

BridgeDevice news_of(const Known& device, DeviceChange change, std::string reason) {
    const auto& is = device.attachment;
    return {
        .change = change,
        .dev = device.id,
        .kind = std::string(name(is.kind)),
        .vid = is.vid,
        .pid = is.pid,
        .serial = is.serial,
        .port = is.port,
        .product = is.product,
        .caps = {is.caps.beep, is.caps.trigger, is.caps.zero, is.caps.print},
        .paired = device.is_assigned,
        .reason = reason.empty() && change == DeviceChange::add ? why_unusable(device) : std::move(reason),
        .remedy = is.remedy};
}

Switchboard::Switchboard(Settings settings, Pairings pairings)
    : register_(std::move(settings), std::move(pairings)) {}

std::size_t Switchboard::room() const {
    return limits::bridge_ring - std::min(ring_.waiting(), limits::bridge_ring);
}

// ---- from the devices
// ---------------------------------------------------------------------------------------------------

Effects Switchboard::take(const device::News& news) {
    return std::visit([this](const auto& one) { return take_one(one); }, news);
}

Effects Switchboard::take_one(const device::Came& came) {
    const auto before = register_.all();
    const bool is_shared = register_.came(came.device);
    auto effects = renamed(before);
    if (!is_shared) return effects;
    effects.emplace_back(Journal{"two devices with one serial: from now on known by their ports"});
    effects.emplace_back(Remember{register_.pairings()});
    return effects;
}

Effects Switchboard::take_one(const device::Went& went) {
    if (const auto* known = register_.find(went.handle)) weights_.forget(known->id);
    const auto before = register_.all();
    register_.went(went.handle);
    return renamed(before);
}

Effects Switchboard::take_one(const device::Faulty& faulty) {
    const auto* known = register_.find(faulty.handle);
    if (known == nullptr) return {};
    return told(news_of(*known, DeviceChange::fault, faulty.reason));
}

Effects Switchboard::take_one(const device::Scanned& raw) {
    const auto* known = register_.find(raw.handle);
    if (known == nullptr) return {};
    auto scanned = raw;
    scanned.scan = decode::without_prefix(known->settings.prefixes, std::move(scanned.scan));
    const auto next = ring_.next_seq();
    Seen seen{known->id, scanned.scan, false};
    auto effects = judge(*known, scanned);
    seen.is_counted = ring_.next_seq() != next;
    effects.emplace_back(std::move(seen));
    return effects;
}

Effects Switchboard::judge(const Known& device, const device::Scanned& scanned) {
    const auto own = own_code(scanned.scan);
    if (own && own->kind == domain::OwnKind::station) return station_code(device, own->body);
    if (!device.is_assigned) {
        auto effects = told(news_of(device, DeviceChange::fault, "unassigned"));
        effects.emplace_back(SoundTone{scanned.handle, protocol::Beep::bad});
        return effects;
    }
    if (own && own->kind == domain::OwnKind::command && own->body == sign_off_command) {
        sessions_.end(device.id);
        return {SoundTone{scanned.handle, protocol::Beep::good}};
    }
    if (own && own->kind == domain::OwnKind::worker) sessions_.begin(device.id, own->body, scanned.at);
    return into_ring(device, scanned, sessions_.of(device.id, scanned.at, register_.settings().idle_session));
}

Effects Switchboard::station_code(const Known& device, const std::string& station) {
    const auto& ours = register_.settings().station;
    const bool is_ours = ours.empty() || ours == station;
    const bool is_by_configuration = device.is_assigned && device.id == device.settings.id;
    if (is_ours && !is_by_configuration) return pair(device, station);
    const Handle handle = device.attachment.handle;
    if (is_ours) return {SoundTone{handle, protocol::Beep::good}};
    if (device.is_assigned && !is_by_configuration) return pair(device, {});  // it moves to that station
    auto effects = told(news_of(device, DeviceChange::fault, "other_station"));
    effects.emplace_back(SoundTone{handle, protocol::Beep::bad});
    return effects;
}

Effects Switchboard::pair(const Known& device, const std::string& station) {
    const Handle handle = device.attachment.handle;
    const auto before = register_.all();
    sessions_.end(device.id);
    register_.pair(handle, station);
    const bool is_paired = register_.find(handle)->is_assigned;
    Effects effects{Remember{register_.pairings()}};
    effects += renamed(before);
    effects.emplace_back(SoundTone{handle, is_paired ? protocol::Beep::good : protocol::Beep::bad});
    return effects;
}

Effects Switchboard::into_ring(const Known& device, const device::Scanned& scanned, std::string session) {
    if (ring_.is_full())  // one report of a device may hold more codes than there was room for
        return {Tell{ring_is_full()}, SoundTone{scanned.handle, protocol::Beep::bad}};
    ring_.add({.seq = {},
               .t_mono_ns = nanoseconds(scanned.at),
               .dev = device.id,
               .session = std::move(session),
               .symbology = scanned.scan.symbology,
               .aim = scanned.scan.aim,
               .raw = scanned.scan.bytes,
               .gs1 = gs1_parts(scanned.scan),
               .check = check_of(scanned.scan),
               .dup_of = repeats_.look({ring_.next_seq(), scanned.at, device.id, scanned.scan.bytes},
                                       device.settings.dedup)});
    if (!ring_.is_full() || full_was_said_) return {};
    full_was_said_ = true;
    Effects effects{Journal{"ring full: scanners are not read until the station acknowledges"},
                    Tell{ring_is_full()}};
    for (const auto& each : register_.all())
        effects.emplace_back(SoundTone{each.attachment.handle, protocol::Beep::bad});
    return effects;
}

Effects Switchboard::take_one(const device::Weighed& weighed) {
    const auto* known = register_.find(weighed.handle);
    if (known == nullptr || !known->is_assigned) return {};
    if (!weights_.is_news(known->id, weighed.weight, weighed.at)) return {};
    return {
        Tell{protocol::BridgeWeight{known->id, nanoseconds(weighed.at), weighed.weight.mg,
                                    std::string(name(weighed.weight.status)), weighed.weight.is_stable()}}};
}

Effects Switchboard::take_one(const device::PrinterSaid& said) {
    const auto* known = register_.find(said.handle);
    if (known == nullptr) return {};
    Effects effects;
    std::size_t at = 0;
    do {  // a long reply in several packets
        effects.emplace_back(Tell{protocol::BridgePrinter{known->id, said.port_status,
                                                          said.bytes.substr(at, limits::bridge_reply)}});
        at += limits::bridge_reply;
    } while (at < said.bytes.size());
    return effects;
}

Effects Switchboard::take_one(const device::Printed& printed) {
    const auto end = printed.end == device::PrintEnd::sent     ? protocol::PrintEnd::sent
                     : printed.end == device::PrintEnd::failed ? protocol::PrintEnd::failed
                                                               : protocol::PrintEnd::unknown;
    Effects effects{Journal{"print job " + printed.job + " " + std::string(name(end)) + ", " +
                            std::to_string(printed.bytes_sent) + " bytes"}};
    if (auto news = jobs_.ended(printed.job, end, printed.bytes_sent, has_station_))
        effects.emplace_back(Tell{std::move(*news)});
    return effects;
}

Effects Switchboard::take_one(const device::Note& note) {
    return {Journal{note.line}};
}

Effects Switchboard::renamed(const std::vector<Known>& before) const {
    const auto at = [](const std::vector<Known>& all, Handle handle) {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const Known& k) { return k.attachment.handle == handle; });
        return found == all.end() ? nullptr : &*found;
    };
    Effects effects;
    std::set<protocol::PeripheralId> removed;  // one that came again under the same id is still there
    for (const auto& was : before) {
        const auto* is = at(register_.all(), was.attachment.handle);
        if (is != nullptr && is->id == was.id) continue;
        removed.insert(was.id);
        effects += told(news_of(was, DeviceChange::remove));
    }
    for (const auto& is : register_.all()) {
        const auto* was = at(before, is.attachment.handle);
        if (was == nullptr || was->id != is.id || was->is_assigned != is.is_assigned ||
            was->trouble != is.trouble || removed.contains(is.id))
            effects += told(news_of(is, DeviceChange::add));
    }
    return effects;
}

Effects Switchboard::set_settings(Settings settings) {
    const auto before = register_.all();
    register_.set_settings(std::move(settings));
    return renamed(before);
}

// ---- from the station
// ---------------------------------------------------------------------------------------------------

Effects Switchboard::welcome() {
    has_station_ = true;
    ring_.send_again();
    weights_.forget_all();
    Effects effects;
    for (const auto& each : register_.all()) effects.emplace_back(Tell{news_of(each, DeviceChange::add)});
    for (auto& printed : jobs_.for_new_station()) effects.emplace_back(Tell{std::move(printed)});
    if (full_was_said_) effects.emplace_back(Tell{ring_is_full()});
    return effects;
}

void Switchboard::not_told(const protocol::BridgeUp& message) {
    if (const auto* printed = std::get_if<protocol::BridgePrinted>(&message)) jobs_.keep(*printed);
}

Effects Switchboard::obey(const protocol::BridgeDown& message, std::optional<std::string> attached) {
    attached_ = std::move(attached);
    return std::visit([this](const auto& one) { return obey_one(one); }, message);
}

Effects Switchboard::obey_one(const protocol::BridgeAck& ack) {
    ring_.acknowledge(ack.seq);
    if (!ring_.is_full()) full_was_said_ = false;
    return {};
}

Effects Switchboard::obey_one(const protocol::BridgeBeep& beep) {
    Effects effects;
    for (const auto& each : register_.all())
        if (each.is_assigned && (beep.dev.value.empty() || beep.dev == each.id))
            effects.emplace_back(SoundTone{each.attachment.handle, beep.beep});
    return effects;
}

Effects Switchboard::obey_one(const protocol::BridgeTrigger& trigger) {
    const auto* known = register_.find(trigger.dev);
    if (known == nullptr) return {};
    return {SetTrigger{known->attachment.handle, trigger.on}};
}

Effects Switchboard::obey_one(const protocol::BridgeBlock& block) {
    const auto* known = register_.find(block.dev);
    if (known == nullptr) return {};
    return {SetBlocked{known->attachment.handle, block.on}};
}

Effects Switchboard::obey_one(const protocol::BridgeZero& zero) {
    const auto* known = register_.find(zero.dev);
    if (known == nullptr) return {};
    return {SetZero{known->attachment.handle}};
}

Effects Switchboard::obey_one(const protocol::BridgePrint& print) {
    if (jobs_.is_in_flight(print.job)) return {Journal{"print job " + print.job + " asked for again"}};
    if (jobs_.is_given_up(print.job))
        return {Tell{protocol::BridgePrinted{print.dev, print.job, protocol::PrintEnd::unknown, 0}}};
    const auto* known = register_.find(print.dev);
    const bool can_print = known != nullptr && known->attachment.caps.print && attached_ &&
                           known->settings.owner == Owner::bridge && jobs_.begin(print.job, print.dev);
    if (can_print) return {StartPrint{known->attachment.handle, print.job, std::move(*attached_)}};
    return {Journal{"print job " + print.job + " refused: no printer of the bridge, or too many jobs"},
            Tell{protocol::BridgePrinted{print.dev, print.job, protocol::PrintEnd::failed, 0}}};
}

Effects Switchboard::obey_one(const protocol::BridgeReset& reset) {
    const auto* known = register_.find(reset.dev);
    if (known == nullptr) return {};
    return {ResetPrinter{known->attachment.handle}};
}

}  // namespace kenpin::app
