#pragma once
// Where a screen is laid down: the ImGui context with the letters of the interface baked into its atlas, the
// finger's touches, and frames. Shows nothing by itself; a window renders what render() leaves, a headless
// station throws it away. One thread at a time; several canvases may exist side by side (tests).
#include <array>
#include <cstddef>
#include <deque>
#include <set>
#include <string>

#include "core/base/result.hpp"
#include "station/ui/profile.hpp"

struct ImDrawData;
struct ImFont;
struct ImGuiContext;

namespace kenpin::ui {

/// Sizes of letters by how big the eye sees them; minutes of arc stand in canvas.cpp.
enum class Size { small, body, strong, large, title, huge, giant };  // strong: body, bold
inline constexpr std::size_t size_count = 7;

struct FontFiles {
    std::string regular =
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";  // face 0 of each is Japanese
    std::string bold = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
};

struct Face {
    ImFont* font = nullptr;
    float em_px = 0;    // what we call the size
    float line_px = 0;  // what ImGui calls it: ascent minus descent, 1.448 em for Noto CJK
};

class Canvas {
public:
    /// Bakes ASCII and `characters` for the sizes up to title, ASCII alone for huge and giant.
    /// Errors: not_found if a font file is not there.
    static Result<Canvas> make(const Profile& profile, const std::set<char32_t>& characters,
                               const FontFiles& files = {});
    Canvas(Canvas&& other) noexcept;
    Canvas& operator=(Canvas&&) = delete;
    ~Canvas();

    const Profile& profile() const { return profile_; }
    const Face& face(Size size) const { return faces_[static_cast<std::size_t>(size)]; }

    /// A finger or mouse, in pixels. A press and a release inside one frame are both seen (in two frames).
    void pointer(float x, float y, bool down);
    bool has_unseen_touches() const { return !touches_.empty(); }

    /// Between these two a Kit may draw. Makes this canvas ImGui's current one.
    void begin_frame(float seconds_since_last);
    ImDrawData* end_frame();
    void make_current() const;

private:
    explicit Canvas(const Profile& profile);

    struct Touch {
        float x, y;
        bool down;
    };
    Profile profile_;
    ImGuiContext* context_;
    std::array<Face, size_count> faces_{};
    std::deque<Touch> touches_;
};

}  // namespace kenpin::ui
