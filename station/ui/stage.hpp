#pragma once
// Where a station's screens are shown: a window, or nowhere (headless). The loop of the program is
//
//   while (stage->is_open()) {
//       const Input input = stage->wait(limit);   // sleeps until input, wake() or the limit; not while
//       frames are owed
//       ... scans of `input` and whatever else arrived -> update -> effects (tones, commits) ...
//       stage->show([&](Kit& kit) { ... draw(...) ... });
//   }
//
// After each input or wake three frames are owed (ImGui needs two to settle), one where a frame takes over 50
// ms; then the loop sleeps. Everything belongs to one thread except wake().
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "station/ui/draw.hpp"
#include "station/ui/kit.hpp"
#include "station/ui/profile.hpp"

namespace kenpin::ui {

struct Input {
    std::vector<std::string> scans;  // whole codes of a keyboard-wedge scanner, without terminators
    bool touched = false;
};

class Stage {
public:
    virtual ~Stage() = default;
    /// False once the window was closed, or close() called.
    virtual bool is_open() const = 0;
    virtual void close() = 0;
    virtual Input wait(Millis limit) = 0;
    /// From any thread: ends a wait().
    virtual void wake() = 0;
    /// A touch or another event of the glass has not been drawn to its end; false: only news need a frame.
    virtual bool owes_frames() const = 0;
    virtual void show(const std::function<void(Kit&)>& draw) = 0;
    /// What was noted by the newest frame.
    virtual const Kit& kit() const = 0;
    /// The newest frame as a PNG file. Error refused where nothing is shown; unreachable when the file cannot
    /// be written.
    virtual Outcome save_picture(const std::string& path) = 0;
};

struct WindowStyle {
    bool is_kiosk = false;  // full screen, no cursor
    int x = -1, y = -1;     // pixels of the display; negative: wherever the desktop likes
};

/// A window of the profile's size, titled "Kenpin".
/// Errors: unreachable (no display, no GL), not_found (fonts).
Result<std::unique_ptr<Stage>> open_window(const Profile& profile, const Languages& languages,
                                           const WindowStyle& style = {});

/// Draws to nothing, needs no display; fonts are real, so that tests and dumps see real sizes.
Result<std::unique_ptr<Stage>> open_headless(const Profile& profile, const Languages& languages);

}  // namespace kenpin::ui
