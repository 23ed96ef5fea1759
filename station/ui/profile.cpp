#include "station/ui/profile.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace kenpin::ui {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr double kanji_in_em = 0.88;
constexpr double arcmin_per_degree = 60.0;
constexpr double in_the_hand_mm = 300.0;
constexpr double on_an_arm_mm = 700.0;

struct Device {
    const char* name;
    int width_px, height_px;
    double ppi;
    double distance_mm;
};
constexpr std::array devices{Device{"handheld-4", 480, 800, 233.0, in_the_hand_mm},
                             Device{"handheld-5.5", 720, 1280, 267.0, in_the_hand_mm},
                             Device{"bench-10", 1280, 800, 149.0, on_an_arm_mm},
                             Device{"bench-15.6", 1920, 1080, 141.0, on_an_arm_mm},
                             Device{"bench-21.5", 1920, 1080, 102.0, on_an_arm_mm}};

bool take_ending(std::string_view& name, std::string_view ending) {
    if (!name.ends_with(ending)) return false;
    name.remove_suffix(ending.size());
    return true;
}

}  // namespace

float Profile::px(double mm) const {
    return static_cast<float>(mm * ppi / mm_per_inch);
}

float Profile::em_px(double arcmin) const {
    const double radians = arcmin / arcmin_per_degree * std::numbers::pi / 180.0;
    return px(distance_mm * std::tan(radians) / kanji_in_em);
}

std::optional<Profile> find_profile(std::string_view name) {
    const std::string full(name);
    const bool is_left_handed = take_ending(name, "-left");
    const bool stands = take_ending(name, "-portrait");
    for (const Device& device : devices) {
        if (device.name != name) continue;
        auto [width, height] = std::pair{device.width_px, device.height_px};
        if (stands && height > width) return std::nullopt;  // it stands anyway
        if (stands) std::swap(width, height);
        return Profile{full, width, height, device.ppi, device.distance_mm, is_left_handed};
    }
    return std::nullopt;
}

std::vector<std::string> profile_names() {
    std::vector<std::string> out;
    for (const Device& device : devices) out.emplace_back(device.name);
    return out;
}

}  // namespace kenpin::ui
