#pragma once
// A kind of device that a worker looks at: its glass, and how far from the eyes it is used. Every size on a
// screen comes from millimetres (fingers) or minutes of arc (eyes), never from pixels.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kenpin::ui {

struct Profile {
    std::string name;
    int width_px;
    int height_px;
    double ppi;
    double distance_mm;  // eye to glass
    bool is_left_handed = false;

    bool is_portrait() const { return height_px > width_px; }
    /// Pixels for `mm` on this glass.
    float px(double mm) const;
    /// Size of the em in pixels so that a kanji is seen under `arcmin` minutes of arc. 16 is the least for
    /// reading, 20 to 22 is preferred (ISO 9241-3). A kanji of Noto Sans CJK fills 0.88 of its em.
    float em_px(double arcmin) const;
};

/// A device of profile_names(), as it is usually held or hung; "-portrait" behind its name stands a bench's
/// glass up, "-left" behind that puts the buttons under the other thumb: "bench-10-portrait-left". Nothing
/// else: a handheld is held upright, for lying it is too low for two rows of buttons that a glove hits.
std::optional<Profile> find_profile(std::string_view name);
/// "handheld-4" (480x800, 4 inch, in the hand), "handheld-5.5", "bench-10" (1280x800, 10.1 inch, on an arm),
/// "bench-15.6", "bench-21.5".
std::vector<std::string> profile_names();

}  // namespace kenpin::ui
