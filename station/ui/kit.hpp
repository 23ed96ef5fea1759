#pragma once
// The only file that calls ImGui widgets (with canvas.cpp, which owns the context). Everything drawn is noted
// with its key, place, colours and fit, so that tests can press it by key and audit every screen, and a
// simulated worker can read it.
#include <string>
#include <string_view>
#include <vector>

#include "station/ui/canvas.hpp"
#include "station/ui/layout.hpp"
#include "station/ui/text_painter.hpp"
#include "station/ui/theme.hpp"

namespace kenpin::ui {

enum class Align { left, centre, right };

struct Look {
    Size size = Size::body;
    Paint paint = theme::calm;
    Align align = Align::left;
    int lines = 1;
};

enum class Kind { words, data, button, mark };

struct Noted {
    std::string key;
    Kind kind;
    Rect at;
    std::string text;
    bool enabled = true;
    bool fits = true;            // the text fits its place at a size that can be read
    bool is_cut = false;         // data too long for its place: ends with an ellipsis, shown whole while held
    bool glyphs_present = true;  // each character has a letter in the atlas
    float em_px = 0;             // as drawn
    Paint paint{};
};

class Kit {
public:
    /// `canvas` and `texts` outlive the kit. Use only between begin() and end(), on the thread that draws.
    Kit(const Canvas& canvas, TextCache& texts) : canvas_(canvas), texts_(texts) {}

    /// Opens the screen `name` on `ground`; the whole glass is its rectangle. What was noted before is
    /// forgotten.
    Rect begin(std::string_view name, Colour ground);
    /// While a finger rests beside the buttons of a screen with texts that were cut, those stand over it,
    /// whole.
    void end();

    float mm(double length) const { return canvas_.profile().px(length); }
    float line(Size size) const { return canvas_.face(size).line_px; }
    bool is_portrait() const { return canvas_.profile().is_portrait(); }
    /// Cuts `size` off the side on which the thumb of this worker lies; the other side is left.
    Rect take_near(Rect& rest, float size) const;
    /// Equal columns, those for the commonest touches under the thumb.
    std::vector<Rect> near_columns(Rect rect, int count, float gap) const;
    /// Width of an interface string in pixels when drawn at `size`.
    float width(std::string_view text, Size size) const;

    /// An interface string in `at`, made smaller step by step until it fits.
    void words(std::string_view key, Rect at, std::string_view text, Look look);
    /// Text that is data: any character; made smaller step by step until it fits in look.lines, and only then
    /// ended with an ellipsis.
    void data(std::string_view key, Rect at, std::string_view text, Look look);
    /// A code, character by character; those whose place in `differs` is true stand inverted.
    void code(std::string_view key, Rect at, std::string_view text, const std::vector<bool>& differs,
              Look look);
    /// A touch target; true in the frame in which the finger left it. `look` paints it; a disabled one is
    /// grey. Its text breaks into lines between words where it is too long for one.
    bool button(std::string_view key, Rect at, std::string_view text, Look look, bool enabled = true);

    void fill(Rect at, Colour colour, double radius_mm = 0);
    void frame(Rect at, Colour colour, double width_mm);
    void hatch(Rect at, Paint stripes,
               double border_mm);  // a border of diagonal stripes along the inside of `at`
    void circle(std::string_view key, Rect at, Paint paint);    // ○ right
    void cross(std::string_view key, Rect at, Paint paint);     // × wrong
    void triangle(std::string_view key, Rect at, Paint paint);  // △ mind this

    const std::string& screen() const { return screen_; }
    Rect glass() const;
    const std::vector<Noted>& noted() const { return noted_; }
    const Noted* find(std::string_view key) const;

private:
    bool fits(Rect at, std::string_view text, int lines, Size size) const;
    bool keeps_words(std::string_view text, Size size, float wrap) const;
    Size fitting(Rect at, std::string_view text, Look look) const;
    void show_whole();
    const TextCache::Painted& painted(Rect at, std::string_view text, Look look, Size size);
    Size whole(Rect at, std::string_view text, Look look);
    bool has_letters(std::string_view text, Size size) const;
    void letters(Rect at, std::string_view text, Look look, Size size);

    const Canvas& canvas_;
    TextCache& texts_;
    std::string screen_;
    std::vector<Noted> noted_;
};

/// Which places of `read` differ from `wanted`; a place beyond the end of `wanted` differs.
std::vector<bool> differing(std::string_view read, std::string_view wanted);

}  // namespace kenpin::ui
