#include "station/ui/layout.hpp"

#include <algorithm>

namespace kenpin::ui {
namespace {

constexpr float hair = 0.5f;  // rounding of fractions of a pixel

}  // namespace

Rect take_top(Rect& rest, float size) {
    const float cut = std::min(size, rest.h);
    const Rect taken{rest.x, rest.y, rest.w, cut};
    rest.y += cut;
    rest.h -= cut;
    return taken;
}

Rect take_bottom(Rect& rest, float size) {
    const float cut = std::min(size, rest.h);
    rest.h -= cut;
    return {rest.x, rest.y + rest.h, rest.w, cut};
}

Rect take_left(Rect& rest, float size) {
    const float cut = std::min(size, rest.w);
    const Rect taken{rest.x, rest.y, cut, rest.h};
    rest.x += cut;
    rest.w -= cut;
    return taken;
}

Rect take_right(Rect& rest, float size) {
    const float cut = std::min(size, rest.w);
    rest.w -= cut;
    return {rest.x + rest.w, rest.y, cut, rest.h};
}

Rect inset(Rect rect, float by) {
    return inset(rect, by, by);
}

Rect inset(Rect rect, float dx, float dy) {
    return {rect.x + dx, rect.y + dy, std::max(0.0f, rect.w - 2 * dx), std::max(0.0f, rect.h - 2 * dy)};
}

std::vector<Rect> columns(Rect rect, int count, float gap) {
    std::vector<Rect> out;
    const auto n = static_cast<float>(count);
    const float width = (rect.w - gap * (n - 1)) / n;
    for (int i = 0; i < count; ++i)
        out.push_back({rect.x + static_cast<float>(i) * (width + gap), rect.y, width, rect.h});
    return out;
}

std::vector<Rect> rows(Rect rect, int count, float gap) {
    std::vector<Rect> out;
    const auto n = static_cast<float>(count);
    const float height = (rect.h - gap * (n - 1)) / n;
    for (int i = 0; i < count; ++i)
        out.push_back({rect.x, rect.y + static_cast<float>(i) * (height + gap), rect.w, height});
    return out;
}

Rect square_in(Rect rect) {
    const float side = std::min(rect.w, rect.h);
    return {rect.x + (rect.w - side) / 2, rect.y + (rect.h - side) / 2, side, side};
}

bool overlap(const Rect& a, const Rect& b) {
    return a.x + hair < b.right() && b.x + hair < a.right() && a.y + hair < b.bottom() &&
           b.y + hair < a.bottom();
}

bool contains(const Rect& outer, const Rect& inner) {
    return inner.x >= outer.x - hair && inner.y >= outer.y - hair && inner.right() <= outer.right() + hair &&
           inner.bottom() <= outer.bottom() + hair;
}

}  // namespace kenpin::ui
