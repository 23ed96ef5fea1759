#include "station/ui/pango_painter.hpp"

#include <cmath>
#include <utility>

#include "adaptors/text/texture.hpp"

namespace kenpin::ui {

Picture PangoPainter::paint(const TextWish& wish) {
    text::TextureStyle style;
    style.size_px = static_cast<int>(std::lround(wish.em_px));
    style.rgb = static_cast<std::uint32_t>(wish.ink.r) << 16 | static_cast<std::uint32_t>(wish.ink.g) << 8 |
                wish.ink.b;
    style.weight = wish.bold ? text::Weight::bold : text::Weight::regular;
    style.max_width_px = static_cast<int>(wish.width_px);
    style.max_lines = wish.lines;
    text::Texture drawn = text::draw_texture(wish.text, style);
    return {drawn.image.width_px, drawn.image.height_px, std::move(drawn.image.pixels), drawn.is_shortened};
}

}  // namespace kenpin::ui
