#include "tests/sim/network.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::sim {
namespace {

constexpr Millis quick_least{1}, quick_most{40};
constexpr Millis late_most{6'000};

std::string kind_of(const Letter& letter) {
    return letter.topic.substr(letter.topic.rfind('/') + 1);
}

}  // namespace

bool Network::has_line(const DeviceId& device) const {
    const auto line = lines_.find(device);
    return line != lines_.end() && line->second != 0;
}

void Network::connect(const DeviceId& device) {
    lines_[device] = ++last_line_;
    down_[device].clear();
}

void Network::cut(const DeviceId& device) {
    lines_[device] = 0;
    down_[device].clear();
}

void Network::send_up(const DeviceId& device, std::string topic, std::string payload) {
    if (has_line(device)) post(up_, {device, std::move(topic), std::move(payload)});
}

void Network::send_down(const DeviceId& device, std::string topic, std::string payload) {
    if (has_line(device)) post(down_[device], {device, std::move(topic), std::move(payload)});
}

void Network::post(std::vector<OnItsWay>& to, Letter letter) {
    if (chance_.one_in(faults_.message_lost))
        return story_.tell(letter.device.value, "a message (" + kind_of(letter) + ") is lost");
    const auto number = ++last_number_;
    const auto line = lines_[letter.device];
    const int copies = chance_.one_in(faults_.message_repeated) ? 2 : 1;
    for (int copy = 0; copy < copies; ++copy) {
        const bool is_late = chance_.one_in(faults_.message_late);
        const auto delay = chance_.between(quick_least, is_late ? late_most : quick_most);
        to.push_back({letter, now_ + delay, line, number});
    }
    if (copies > 1) handed_over_[number] = false;
}

std::vector<Letter> Network::take(std::vector<OnItsWay>& from) {
    std::stable_sort(from.begin(), from.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
    std::vector<Letter> arrived;
    const auto later =
        std::find_if(from.begin(), from.end(), [&](const auto& letter) { return letter.due > now_; });
    for (auto it = from.begin(); it != later; ++it) {
        if (const auto copied = handed_over_.find(it->number); copied != handed_over_.end())
            it->letter.is_repeated = std::exchange(copied->second, true);
        arrived.push_back(std::move(it->letter));
    }
    from.erase(from.begin(), later);
    return arrived;
}

std::vector<Letter> Network::take_up() {
    return take(up_);
}

std::vector<Letter> Network::take_down(const DeviceId& device) {
    return take(down_[device]);
}

}  // namespace kenpin::sim
