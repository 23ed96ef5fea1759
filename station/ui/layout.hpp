#pragma once
// Rectangles and how they are cut. A screen is one rectangle cut into bands, rows and cells; nothing floats.
#include <vector>

namespace kenpin::ui {

struct Rect {  // pixels, y down
    float x = 0, y = 0, w = 0, h = 0;

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    bool operator==(const Rect&) const = default;
};

/// Cuts `size` off one side of `rest` and returns it; `rest` keeps what is left. Takes no more than there is.
Rect take_top(Rect& rest, float size);
Rect take_bottom(Rect& rest, float size);
Rect take_left(Rect& rest, float size);
Rect take_right(Rect& rest, float size);

/// `rect` made smaller by `by` on each side.
Rect inset(Rect rect, float by);
Rect inset(Rect rect, float dx, float dy);
/// `count` equal columns or rows of `rect` with `gap` between them.
std::vector<Rect> columns(Rect rect, int count, float gap);
std::vector<Rect> rows(Rect rect, int count, float gap);
/// The biggest square inside `rect`, centred.
Rect square_in(Rect rect);

bool overlap(const Rect& a, const Rect& b);
bool contains(const Rect& outer, const Rect& inner);

}  // namespace kenpin::ui
