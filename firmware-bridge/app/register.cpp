#include "firmware-bridge/app/register.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "firmware-bridge/app/packet_words.hpp"

namespace kenpin::app {
namespace {

using device::Attachment;
using device::Handle;

std::string model(const Attachment& device) {
    std::array<char, 10> text{};
    std::snprintf(text.data(), text.size(), "%04x:%04x", unsigned{device.vid}, unsigned{device.pid});
    return text.data();
}

std::string by_serial(const Attachment& device) {
    return model(device) + "#" + device.serial;
}

std::string by_port(const Attachment& device) {
    return device.vid == 0 ? device.port : model(device) + "@" + device.port;
}

bool has_serial(const Attachment& device) {
    return device.vid != 0 && !device.serial.empty();
}

bool is_elsewhere(const Attachment& one, const Attachment& other) {
    return one.port != other.port;
}

/// The first record that fits, those with an id first.
const DeviceSettings* settings_for(const Settings& settings, const Attachment& device) {
    const DeviceSettings* found = nullptr;
    for (const auto& each : settings.devices) {
        if (!fits(each.match, device)) continue;
        if (!each.id.value.empty()) return &each;
        if (found == nullptr) found = &each;
    }
    return found;
}

}  // namespace

bool fits(const Match& match, const Attachment& device) {
    return (!match.vid || *match.vid == device.vid) && (!match.pid || *match.pid == device.pid) &&
           (!match.serial || *match.serial == device.serial) && (!match.port || *match.port == device.port);
}

bool needs_pairing(device::Kind kind) {
    return kind == device::Kind::scanner || kind == device::Kind::keyboard_scanner;
}

Register::Register(Settings settings, Pairings pairings)
    : settings_(std::move(settings)), pairings_(std::move(pairings)) {}

bool Register::came(Attachment device) {
    const bool is_shared =
        has_serial(device) && std::any_of(known_.begin(), known_.end(), [&](const auto& k) {
            return has_serial(k.attachment) && by_serial(k.attachment) == by_serial(device) &&
                   is_elsewhere(k.attachment, device);  // at one port it is one housing
        });
    const bool is_news = is_shared && pairings_.shared_serials.insert(by_serial(device)).second;
    if (is_news) pairings_.stations.erase(by_serial(device));  // whose it was cannot be told any more
    known_.push_back({std::move(device), {}, {}, false, {}, {}});
    name_all();
    return is_news;
}

void Register::went(Handle handle) {
    std::erase_if(known_, [&](const auto& known) { return known.attachment.handle == handle; });
    name_all();
}

void Register::set_settings(Settings settings) {
    settings_ = std::move(settings);
    name_all();
}

void Register::pair(Handle handle, const std::string& station) {
    const auto* known = find(handle);
    if (known == nullptr) return;
    if (station.empty())
        pairings_.stations.erase(known->identity);
    else
        pairings_.stations[known->identity] = station;
    name_all();
}

const Known* Register::find(Handle handle) const {
    const auto found = std::find_if(known_.begin(), known_.end(),
                                    [&](const auto& known) { return known.attachment.handle == handle; });
    return found == known_.end() ? nullptr : &*found;
}

const Known* Register::find(const protocol::PeripheralId& id) const {
    const auto found = std::find_if(known_.begin(), known_.end(), [&](const auto& k) { return k.id == id; });
    return found == known_.end() ? nullptr : &*found;
}

/// "+scale" for all but the first kind of device in one housing.
std::string Register::part_of_housing(const Known& part) const {
    const bool is_first = std::none_of(known_.begin(), known_.end(), [&](const Known& other) {
        return other.identity == part.identity && other.attachment.kind < part.attachment.kind;
    });
    return is_first ? "" : "+" + std::string(name(part.attachment.kind));
}

void Register::name_all() {
    std::map<protocol::PeripheralId, std::set<std::string>> claims;  // id -> the housings it fits
    for (auto& known : known_) {
        const auto& device = known.attachment;
        const auto* settings = settings_for(settings_, device);
        known.settings = settings != nullptr ? *settings : DeviceSettings{};
        const bool is_by_serial = has_serial(device) && !pairings_.shared_serials.contains(by_serial(device));
        known.identity = is_by_serial ? by_serial(device) : by_port(device);
        claims[known.settings.id].insert(known.identity);
    }
    std::vector<std::string> parts;
    for (const auto& known : known_) parts.push_back(part_of_housing(known));
    for (std::size_t i = 0; i < known_.size(); ++i)
        name_one(known_[i], parts[i], claims[known_[i].settings.id].size() == 1);
}

void Register::name_one(Known& known, const std::string& part, bool is_sole_claim) const {
    const auto& id = known.settings.id;
    const bool is_claimed = !id.value.empty();
    const bool is_configured = is_claimed && is_sole_claim;
    known.identity += part;
    known.trouble = is_claimed && !is_configured ? "two_match" : "";
    known.id.value = is_configured ? id.value + part : known.identity;
    const auto paired = pairings_.stations.find(known.identity);
    const bool is_paired = paired != pairings_.stations.end() &&
                           (settings_.station.empty() || paired->second == settings_.station);
    const auto kind = known.attachment.kind;
    known.is_assigned =
        kind != device::Kind::unsupported && (is_configured || is_paired || !needs_pairing(kind));
}

}  // namespace kenpin::app
