#pragma once
// Owners for the counted objects of Pango, Cairo and GLib. Inside this folder only.
#include <memory>
#include <string>
#include <string_view>

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;
typedef struct _PangoLayout PangoLayout;

namespace kenpin::text {

struct Release {
    void operator()(cairo_t* object) const;
    void operator()(cairo_surface_t* object) const;
    void operator()(PangoLayout* object) const;
};
using CairoHandle = std::unique_ptr<cairo_t, Release>;
using SurfaceHandle = std::unique_ptr<cairo_surface_t, Release>;
using LayoutHandle = std::unique_ptr<PangoLayout, Release>;

/// `utf8` with whatever is not UTF-8 replaced by U+FFFD, so that Pango takes every byte string.
std::string valid_utf8(std::string_view utf8);
/// Sets the Japanese sans font of Kenpin at `size` units of the surface.
void set_font(PangoLayout* layout, double size, bool is_bold);
void set_text(PangoLayout* layout, std::string_view utf8);

}  // namespace kenpin::text
