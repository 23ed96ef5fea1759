#include "tests/sim/network.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::sim {
namespace {

constexpr Millis quick_least{1}, quick_most{40};
constexpr Millis late_most{6'000}, very_late_most{60'000};
constexpr int very_late = 4;  // once in so many that are late

std::string kind_of(const Letter& letter) {
    return letter.topic.substr(letter.topic.rfind('/') + 1);
}

}  // namespace

bool Network::has_line(const DeviceId& device) const {
    const auto line = lines_.find(device);
    return line != lines_.end() && line->second;
}

void Network::connect(const DeviceId& device) {
    lines_[device] = true;
    down_[device].clear();
}

void Network::cut(const DeviceId& device) {
    lines_[device] = false;
    down_[device].clear();
}

void Network::part(const DeviceId& device, bool up, bool down, Instant until) {
    auto& parted = parted_[device];
    if (up) parted.up = std::max(parted.up, until);
    if (down) parted.down = std::max(parted.down, until);
}

bool Network::passes(const DeviceId& device, Instant Parted::*way) const {
    const auto parted = parted_.find(device);
    return parted == parted_.end() || parted->second.*way <= now_;
}

bool Network::is_parted(const DeviceId& device) const {
    return !passes(device, &Parted::up) || !passes(device, &Parted::down);
}

void Network::tell_letter(const std::string& topic, const std::string& payload) {
    if (letters_ != nullptr) *letters_ << topic << '\t' << payload << '\n';
}

void Network::send_up(const DeviceId& device, std::string topic, std::string payload) {
    tell_letter(topic, payload);
    if (has_line(device) && passes(device, &Parted::up))
        post(up_, {device, std::move(topic), std::move(payload)});
}

void Network::send_down(const DeviceId& device, std::string topic, std::string payload) {
    tell_letter(topic, payload);
    if (has_line(device) && passes(device, &Parted::down))
        post(down_[device], {device, std::move(topic), std::move(payload)});
}

Millis Network::delay() {
    if (!misfortune_.strikes(Fault::message_late)) return chance_.between(quick_least, quick_most);
    auto& chance = misfortune_.chance(Fault::message_late);
    return chance.between(quick_least, chance.one_in(very_late) ? very_late_most : late_most);
}

void Network::post(std::vector<OnItsWay>& to, Letter letter) {
    if (misfortune_.strikes(Fault::message_lost))
        return story_.tell(letter.device.value, "a message (", kind_of(letter), ") is lost");
    if (misfortune_.strikes(Fault::message_repeated)) to.push_back({letter, now_ + delay()});
    to.push_back({std::move(letter), now_ + delay()});
}

std::vector<Letter> Network::take(std::vector<OnItsWay>& from) {
    std::vector<Letter> arrived;
    if (from.empty()) return arrived;
    std::stable_sort(from.begin(), from.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
    const auto later =
        std::find_if(from.begin(), from.end(), [&](const auto& letter) { return letter.due > now_; });
    for (auto it = from.begin(); it != later; ++it) arrived.push_back(std::move(it->letter));
    from.erase(from.begin(), later);
    return arrived;
}

std::vector<Letter> Network::take_up() {
    return take(up_);
}

std::vector<Letter> Network::take_down(const DeviceId& device) {
    return take(down_[device]);
}

void Network::lose_everything() {
    up_.clear();
    down_.clear();
    for (auto& [device, is_there] : lines_) is_there = false;
}

}  // namespace kenpin::sim
