#include "adaptors/text/glyph_dots.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include <pango/pangocairo.h>

#include "adaptors/text/pango_handles.hpp"

namespace kenpin::text {

struct GlyphDots::Dots {
    unsigned char* data;
    int width, height, stride;

    // Row by row, 32 dots at a time; what hangs over the edge is left out.
    void stamp(const Glyph& glyph, int x, int y, bool erases) const {
        for (int row = std::max(0, -y); row < std::min(glyph.height, height - y); ++row) {
            auto* line = data + std::ptrdiff_t{y + row} * stride;
            const auto* bits = glyph.bits.data() + std::ptrdiff_t{row} * glyph.row_words;
            for (int word = 0; word < glyph.row_words; ++word)
                if (bits[word] != 0) put(line, x + 32 * word, bits[word], erases);
        }
    }

    void put(unsigned char* line, int x, std::uint32_t bits, bool erases) const {
        const int word = x >= 0 ? x / 32 : (x - 31) / 32;
        const auto shifted = std::uint64_t{bits} << static_cast<unsigned>(x - 32 * word);
        put_word(line, word, static_cast<std::uint32_t>(shifted), erases);
        put_word(line, word + 1, static_cast<std::uint32_t>(shifted >> 32U), erases);
    }

    void put_word(unsigned char* line, int word, std::uint32_t bits, bool erases) const {
        if (word < 0 || 4 * word >= stride || bits == 0) return;
        std::uint32_t now = 0;
        std::memcpy(&now, line + std::ptrdiff_t{4} * word, sizeof now);
        now = erases ? now & ~bits : now | bits;
        std::memcpy(line + std::ptrdiff_t{4} * word, &now, sizeof now);
    }
};

namespace {

constexpr std::size_t most_fonts = 200;      // a font here has one size: a label uses about 15
constexpr std::size_t most_glyphs = 10'000;  // of about 200 bytes

// Cairo puts a glyph on the dot that is nearest, and half a dot to the right.
int dot(double at) {
    return static_cast<int>(std::floor(at + 0.5));
}

bool is_of_emoji(PangoFont* font) {
    PangoFontDescription* described = pango_font_describe(font);
    const char* family = pango_font_description_get_family(described);
    const bool is = family != nullptr && std::strstr(family, "Emoji") != nullptr;
    pango_font_description_free(described);
    return is;
}

template <class Seen>
void each_run(PangoLayout* layout, const Seen& seen) {
    PangoLayoutIter* iter = pango_layout_get_iter(layout);
    do {
        PangoRectangle line;
        pango_layout_iter_get_line_extents(iter, nullptr, &line);
        int x = line.x;
        for (const GSList* at = pango_layout_iter_get_line_readonly(iter)->runs; at != nullptr;
             at = at->next) {
            const auto* run = static_cast<const PangoGlyphItem*>(at->data);
            seen(*run, x, pango_layout_iter_get_baseline(iter));
            x += pango_glyph_string_get_width(run->glyphs);
        }
    } while (pango_layout_iter_next_line(iter) != 0);
    pango_layout_iter_free(iter);
}

bool is_plain(const PangoGlyphItem& run) {
    if (run.y_offset != 0 || run.start_x_offset != 0 || run.end_x_offset != 0) return false;
    if (run.item->analysis.font == nullptr || run.item->analysis.extra_attrs != nullptr) return false;
    const auto* first = run.glyphs->glyphs;
    return std::none_of(first, first + run.glyphs->num_glyphs, [](const PangoGlyphInfo& info) {
        return info.glyph != PANGO_GLYPH_EMPTY && (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
    });
}

bool is_plain(PangoLayout* layout) {
    bool is = true;
    each_run(layout, [&](const PangoGlyphItem& run, int, int) { is = is && is_plain(run); });
    return is;
}

}  // namespace

GlyphDots::~GlyphDots() {
    for (const auto& [font, dots] : fonts_) g_object_unref(font);
}

GlyphDots& GlyphDots::here() {
    static thread_local GlyphDots dots;
    return dots;
}

GlyphDots::Font& GlyphDots::font_of(PangoFont* font) {
    const auto known = fonts_.find(font);
    if (known != fonts_.end()) return known->second;
    g_object_ref(font);
    return fonts_.emplace(font, Font{is_of_emoji(font), {}}).first->second;
}

void GlyphDots::forget_if_many() {
    if (fonts_.size() < most_fonts && glyph_count_ < most_glyphs) return;
    for (const auto& [font, dots] : fonts_) g_object_unref(font);
    fonts_.clear();
    glyph_count_ = 0;
}

const GlyphDots::Glyph& GlyphDots::glyph_of(PangoFont* font, std::uint32_t index) {
    auto& known = font_of(font).glyphs;
    const auto found = known.find(index);
    if (found != known.end()) return found->second;
    ++glyph_count_;
    auto& glyph = known[index];
    auto* scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    cairo_glyph_t pen{index, 0, 0};
    cairo_text_extents_t ink;
    cairo_scaled_font_glyph_extents(scaled, &pen, 1, &ink);
    if (ink.width <= 0 || ink.height <= 0) return glyph;
    constexpr int margin = 2;  // the outline is rounded to dots
    glyph.left = static_cast<int>(std::floor(ink.x_bearing)) - margin;
    glyph.top = static_cast<int>(std::floor(ink.y_bearing)) - margin;
    glyph.height = static_cast<int>(std::ceil(ink.y_bearing + ink.height)) + margin - glyph.top;
    const int width = static_cast<int>(std::ceil(ink.x_bearing + ink.width)) + margin - glyph.left;
    const SurfaceHandle surface(cairo_image_surface_create(CAIRO_FORMAT_A1, width, glyph.height));
    const CairoHandle cairo(cairo_create(surface.get()));
    cairo_set_scaled_font(cairo.get(), scaled);
    pen.x = -glyph.left;
    pen.y = -glyph.top;
    cairo_show_glyphs(cairo.get(), &pen, 1);
    cairo_surface_flush(surface.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    glyph.row_words = static_cast<int>(stride / 4);
    glyph.bits.resize(stride / 4 * static_cast<std::size_t>(glyph.height));
    std::memcpy(glyph.bits.data(), cairo_image_surface_get_data(surface.get()), glyph.bits.size() * 4);
    return glyph;
}

bool GlyphDots::has_emoji(PangoLayout* layout) {
    bool has = false;
    each_run(layout, [&](const PangoGlyphItem& run, int, int) {
        has = has || (run.item->analysis.font != nullptr && font_of(run.item->analysis.font).is_emoji);
    });
    return has;
}

bool GlyphDots::draw(PangoLayout* layout, double x, double y, bool erases, cairo_surface_t* on) {
    forget_if_many();
    if (!is_plain(layout)) return false;
    cairo_surface_flush(on);
    const Dots dots{cairo_image_surface_get_data(on), cairo_image_surface_get_width(on),
                    cairo_image_surface_get_height(on), cairo_image_surface_get_stride(on)};
    const auto in_dots = [](int units) { return static_cast<double>(units) / PANGO_SCALE; };
    each_run(layout, [&](const PangoGlyphItem& run, int run_x, int baseline) {
        const double left = x + in_dots(run_x), base = y + in_dots(baseline);
        int pen = 0;
        for (int n = 0; n < run.glyphs->num_glyphs; ++n) {
            const auto& info = run.glyphs->glyphs[n];
            if (info.glyph != PANGO_GLYPH_EMPTY) {
                const auto& glyph = glyph_of(run.item->analysis.font, info.glyph);
                dots.stamp(glyph, dot(left + in_dots(pen + info.geometry.x_offset)) + glyph.left,
                           dot(base + in_dots(info.geometry.y_offset)) + glyph.top, erases);
            }
            pen += info.geometry.width;
        }
    });
    cairo_surface_mark_dirty(on);
    return true;
}

}  // namespace kenpin::text
