#include "station/ui/profile.hpp"

#include <cmath>
#include <numbers>

namespace kenpin::ui {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr double kanji_in_em = 0.88;
constexpr double arcmin_per_degree = 60.0;

}  // namespace

float Profile::px(double mm) const {
    return static_cast<float>(mm * ppi / mm_per_inch);
}

float Profile::em_px(double arcmin) const {
    const double radians = arcmin / arcmin_per_degree * std::numbers::pi / 180.0;
    return px(distance_mm * std::tan(radians) / kanji_in_em);
}

std::optional<Profile> find_profile(std::string_view name) {
    if (name == "handheld-4") return Profile{"handheld-4", 480, 800, 233.0, 300.0};
    if (name == "bench-10") return Profile{"bench-10", 1280, 800, 149.0, 700.0};
    return std::nullopt;
}

}  // namespace kenpin::ui
