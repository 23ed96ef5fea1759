#pragma once
// What a bad network does to one packet, from one seed: it comes not at all, once or twice, and each time
// after a delay of its own, so that packets overtake each other. Pure.
#include <chrono>
#include <vector>

#include "tests/sim/chance.hpp"

namespace kenpin::chaos {

enum class Way { up, down };  // from the device, to the device

/// Of one device's line.
struct Weather {
    bool is_cut_up = false, is_cut_down = false;  // nothing passes that way
    int lost_percent = 0, repeated_percent = 0;
    std::chrono::milliseconds longest_delay{0};
};

inline Weather bad_weather() {
    return {.lost_percent = 2, .repeated_percent = 1, .longest_delay = std::chrono::milliseconds{200}};
}

/// When its copies arrive, counted from now.
inline std::vector<std::chrono::milliseconds> delays(const Weather& weather, Way way, sim::Chance& chance) {
    if (way == Way::up ? weather.is_cut_up : weather.is_cut_down) return {};
    const int fate = chance.below(100);
    if (fate < weather.lost_percent) return {};
    std::vector<std::chrono::milliseconds> copies(fate < weather.lost_percent + weather.repeated_percent ? 2
                                                                                                         : 1);
    for (auto& copy : copies) copy = chance.between(Millis{0}, weather.longest_delay);
    return copies;
}

}  // namespace kenpin::chaos
