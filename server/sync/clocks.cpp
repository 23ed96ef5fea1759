#include "server/sync/clocks.hpp"

#include <algorithm>

#include "core/base/limits.hpp"

namespace kenpin::sync {
namespace {

constexpr std::size_t newest_counted = 4;
constexpr std::chrono::milliseconds worth_saying{500};  // a change that people are shown

// Hellos come every 30 s; whoever was not heard for so long is not there any more.
constexpr Millis still_there = 2 * limits::message_latest;

}  // namespace

bool ClockEstimate::note(Instant device_time, Instant now) {
    const auto before = ahead();
    const bool was_off = is_off();
    newest_.push_back(device_time - now);
    if (newest_.size() > newest_counted) newest_.erase(newest_.begin());
    const auto after = ahead();
    if (!before || !after) return before != after;
    return was_off != is_off() || std::chrono::abs(*after - *before) >= worth_saying;
}

std::optional<Millis> ClockEstimate::ahead() const {
    if (newest_.size() < 2) return std::nullopt;
    return *std::max_element(newest_.begin(), newest_.end());
}

bool ClockEstimate::is_off() const {
    const auto estimate = ahead();
    return estimate && std::chrono::abs(*estimate) > limits::clock_off;
}

std::optional<Voices::Two> Voices::hear(const protocol::Hello& hello, Instant now) {
    const auto epoch = hello.lives.back().epoch;
    std::erase_if(voices_,
                  [&](const Voice& voice) { return voice.epoch != epoch && now - voice.last > still_there; });
    auto own = std::find_if(voices_.begin(), voices_.end(),
                            [&](const Voice& voice) { return voice.epoch == epoch; });
    if (own == voices_.end()) own = voices_.insert(voices_.end(), Voice{epoch, {}, now, now});
    own->last = now;
    for (const auto& life : hello.lives) own->knows.insert(life.epoch);
    const auto found = two();
    are_two_ = found.has_value();
    return found;
}

std::optional<Voices::Two> Voices::two() const {
    for (const auto& still : voices_)
        for (const auto& later : voices_) {
            const bool is_related = later.knows.contains(still.epoch) || still.knows.contains(later.epoch);
            const bool is_while = later.first >= still.first && later.epoch != still.epoch &&
                                  still.last - later.first > limits::message_latest;
            if (is_while && !is_related) return Two{later.epoch, still.epoch};
        }
    return std::nullopt;
}

}  // namespace kenpin::sync
