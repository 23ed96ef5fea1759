#pragma once
// Text as dots: Cairo draws each glyph once, later ones are copied. Cairo's own way to 1-bit surfaces goes
// through 32-bit colours and took a quarter of a label's time. Inside this folder. One per thread, as Pango's
// fonts are.
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

typedef struct _PangoFont PangoFont;
typedef struct _PangoLayout PangoLayout;
typedef struct _cairo_surface cairo_surface_t;

namespace kenpin::text {

class GlyphDots {
public:
    GlyphDots() = default;
    GlyphDots(const GlyphDots&) = delete;
    GlyphDots& operator=(const GlyphDots&) = delete;
    ~GlyphDots();

    /// Of this thread.
    static GlyphDots& here();

    bool has_emoji(PangoLayout* layout);
    /// The layout's top left corner at x, y on a surface of CAIRO_FORMAT_A1, the same dots as
    /// pango_cairo_show_layout sets; `erases` clears them instead. False, with nothing drawn: a letter that
    /// only Pango can show (no font has it).
    bool draw(PangoLayout* layout, double x, double y, bool erases, cairo_surface_t* on);

private:
    struct Glyph {
        int left = 0, top = 0, height = 0;  // from the pen's place, in dots
        int row_words = 0;
        std::vector<std::uint32_t> bits;  // Cairo's order: the leftmost dot is the lowest bit
    };
    struct Font {
        bool is_emoji = false;
        std::unordered_map<std::uint32_t, Glyph> glyphs;
    };
    struct Dots;

    Font& font_of(PangoFont* font);
    const Glyph& glyph_of(PangoFont* font, std::uint32_t glyph);
    void forget_if_many();

    std::map<PangoFont*, Font> fonts_;  // each holds a reference to its Pango font
    std::size_t glyph_count_ = 0;
};

}  // namespace kenpin::text
