#include "adaptors/text/pango_handles.hpp"

#include <pango/pangocairo.h>

// For the leak checker of the dev build: fontconfig and Pango keep their tables of fonts as long as the
// process lives. Weak, so that a program may bring its own list.
extern "C" __attribute__((weak)) const char* __lsan_default_suppressions();  // NOLINT: the checker's own name
extern "C" const char* __lsan_default_suppressions() {                       // NOLINT
    return "leak:libfontconfig\nleak:libpango\nleak:libglib\nleak:libcairo\n";
}

namespace kenpin::text {

void Release::operator()(cairo_t* object) const {
    cairo_destroy(object);
}
void Release::operator()(cairo_surface_t* object) const {
    cairo_surface_destroy(object);
}
void Release::operator()(PangoLayout* object) const {
    g_object_unref(object);
}

std::string valid_utf8(std::string_view utf8) {
    gchar* valid = g_utf8_make_valid(utf8.data(), static_cast<gssize>(utf8.size()));
    std::string out(valid);
    g_free(valid);
    return out;
}

void set_font(PangoLayout* layout, double size, bool is_bold) {
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family_static(font, "Noto Sans CJK JP");
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

void set_text(PangoLayout* layout, std::string_view utf8) {
    const auto valid = valid_utf8(utf8);
    pango_layout_set_text(layout, valid.data(), static_cast<int>(valid.size()));
}

}  // namespace kenpin::text
