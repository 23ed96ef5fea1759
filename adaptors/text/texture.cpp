#include "adaptors/text/texture.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include <pango/pangocairo.h>

#include "adaptors/text/pango_handles.hpp"

namespace kenpin::text {

namespace {

constexpr int largest_px = 8192;

LayoutHandle laid_out(cairo_t* cairo, std::string_view utf8, const TextureStyle& style) {
    LayoutHandle layout(pango_cairo_create_layout(cairo));
    pango_context_set_language(pango_layout_get_context(layout.get()), pango_language_from_string("ja"));
    set_font(layout.get(), std::clamp(style.size_px, 4, 400), style.weight == Weight::bold);
    set_text(layout.get(), utf8);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    if (style.max_width_px > 0) {
        pango_layout_set_width(layout.get(), style.max_width_px * PANGO_SCALE);
        if (style.max_lines > 0) {
            pango_layout_set_height(layout.get(), -style.max_lines);
            pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
        }
    }
    if (style.align == Align::center) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
    if (style.align == Align::right) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_RIGHT);
    return layout;
}

std::uint8_t straight(unsigned channel, unsigned alpha) {
    return static_cast<std::uint8_t>(std::min(255U, (channel * 255U + alpha / 2) / alpha));
}

// Cairo's premultiplied 0xAARRGGBB in machine order to bytes R G B A.
void unpack(std::uint32_t argb, std::uint8_t* rgba) {
    const unsigned alpha = argb >> 24U;
    if (alpha == 0) return;  // already all zero
    rgba[0] = straight(argb >> 16U & 0xFFU, alpha);
    rgba[1] = straight(argb >> 8U & 0xFFU, alpha);
    rgba[2] = straight(argb & 0xFFU, alpha);
    rgba[3] = static_cast<std::uint8_t>(alpha);
}

RgbaImage unpacked(cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    RgbaImage image{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
    const auto width = static_cast<std::size_t>(image.width_px);
    const auto height = static_cast<std::size_t>(image.height_px);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    const auto* data = cairo_image_surface_get_data(surface);
    image.pixels.assign(width * height * 4, 0);
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) {
            std::uint32_t argb = 0;
            std::memcpy(&argb, data + y * stride + x * 4, sizeof argb);
            unpack(argb, image.pixels.data() + (y * width + x) * 4);
        }
    return image;
}

void set_colour(cairo_t* cairo, std::uint32_t rgb) {
    cairo_set_source_rgb(cairo, static_cast<double>(rgb >> 16U & 0xFFU) / 255,
                         static_cast<double>(rgb >> 8U & 0xFFU) / 255,
                         static_cast<double>(rgb & 0xFFU) / 255);
}

}  // namespace

Texture draw_texture(std::string_view utf8, const TextureStyle& style) {
    const SurfaceHandle ruler(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1, 1));
    const CairoHandle measuring(cairo_create(ruler.get()));
    const auto layout = laid_out(measuring.get(), utf8, style);
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_pixel_extents(layout.get(), &ink, &logical);
    const int left = std::min(ink.x, logical.x);  // slanted or wide marks may stand outside their box
    const int top = std::min(ink.y, logical.y);
    const int right = std::max(ink.x + ink.width, logical.x + logical.width);
    const int bottom = std::max(ink.y + ink.height, logical.y + logical.height);
    const SurfaceHandle surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                                           std::clamp(right - left, 1, largest_px),
                                                           std::clamp(bottom - top, 1, largest_px)));
    const CairoHandle cairo(cairo_create(surface.get()));
    set_colour(cairo.get(), style.rgb);
    cairo_move_to(cairo.get(), -left, -top);
    pango_cairo_show_layout(cairo.get(), layout.get());
    return {unpacked(surface.get()), pango_layout_get_baseline(layout.get()) / PANGO_SCALE - top,
            pango_layout_is_ellipsized(layout.get()) != 0};
}

}  // namespace kenpin::text
