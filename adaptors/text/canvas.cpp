#include "adaptors/text/canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "adaptors/text/glyph_dots.hpp"
#include "adaptors/text/pango_handles.hpp"
#include "core/base/check.hpp"

namespace kenpin::text {

struct Canvas::Surface {
    std::string pdf;  // what a PDF surface has written so far
    SurfaceHandle surface;
    CairoHandle cairo;
    LayoutHandle layout;
    bool is_bits = false;

    static std::unique_ptr<Surface> of_bits(int width_dots, int height_dots);
    static std::unique_ptr<Surface> of_pdf(double width_pt, double height_pt);
    void show_layout(double x, double y, Ink ink);
    void show_dithered(double x, double y);
};

namespace {

constexpr double shrink_step = 0.94;

struct Extent {
    double width, height;
};

Extent extent(PangoLayout* layout) {
    int width = 0;
    int height = 0;
    pango_layout_get_size(layout, &width, &height);
    return {static_cast<double>(width) / PANGO_SCALE, static_cast<double>(height) / PANGO_SCALE};
}

int units(double length) {
    return static_cast<int>(std::ceil(length * PANGO_SCALE));
}

bool is_inside(const Extent& needed, const Box& box) {
    constexpr double rounding = 0.01;
    return needed.width <= box.width + rounding && needed.height <= box.height + rounding;
}

PangoAlignment alignment(Align align) {
    switch (align) {
        case Align::left:
            return PANGO_ALIGN_LEFT;
        case Align::center:
            return PANGO_ALIGN_CENTER;
        case Align::right:
            return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

// On bits, ink is alpha: black sets a dot, white clears it. On a PDF it is a colour.
void set_ink(cairo_t* cairo, Ink ink, bool is_bits) {
    const double level = ink == Ink::white ? 1.0 : ink == Ink::gray ? 0.45 : 0.0;
    const double paint = is_bits ? 0.0 : level;
    cairo_set_source_rgb(cairo, paint, paint, paint);
    cairo_set_operator(cairo, is_bits && ink == Ink::white ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
}

// Gray level of one pixel against an ordered 4x4 pattern: a coloured emoji stays a picture on a head without
// gray.
bool is_dark(std::uint32_t rgb, int x, int y) {
    static constexpr std::array<int, 16> pattern = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    const int red = static_cast<int>(rgb >> 16U & 0xFFU);
    const int green = static_cast<int>(rgb >> 8U & 0xFFU);
    const int blue = static_cast<int>(rgb & 0xFFU);
    const int level = (red * 299 + green * 587 + blue * 114) / 1000;
    return level < 48 + pattern[static_cast<std::size_t>((y % 4) * 4 + x % 4)] * 10;
}

// How many steps of shrinking certainly remain before `needed` fits into `box`: sizes of text are linear but
// for a few per cent.
int steps_to_skip(const Extent& needed, const Box& box) {
    constexpr double tolerance = 1.03;
    const double share = std::min(box.width / needed.width, box.height / needed.height) * tolerance;
    return share >= 1 || share <= 0 ? 0 : static_cast<int>(std::log(share) / std::log(shrink_step));
}

// One line, at most at style.size and at least at `smallest`.
bool fits_on_one_line(PangoLayout* layout, const Box& box, const Style& style, double& size) {
    const double smallest = style.one_line_size > 0 ? style.one_line_size : style.size;
    pango_layout_set_width(layout, -1);
    for (double tried = style.size; tried >= smallest || tried == style.size; tried *= shrink_step) {
        size = tried;
        set_font(layout, size, style.weight == Weight::bold);
        const auto needed = extent(layout);
        if (is_inside(needed, box)) return true;
        for (int step = steps_to_skip(needed, box); step > 1; --step) tried *= shrink_step;
    }
    return false;
}

bool fits_wrapped(PangoLayout* layout, const Box& box, const Style& style, double& size) {
    const double smallest = style.smallest_size > 0 ? style.smallest_size : style.size / 4;
    pango_layout_set_width(layout, units(box.width));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    double tried = style.size;
    do {
        size = tried;
        set_font(layout, size, style.weight == Weight::bold);
        if (is_inside(extent(layout), box)) return true;
        tried *= shrink_step;
    } while (tried >= smallest);
    return false;
}

PangoLayout* new_layout(cairo_t* cairo, bool is_bits) {
    PangoLayout* layout = pango_cairo_create_layout(cairo);
    PangoContext* context = pango_layout_get_context(layout);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, is_bits ? CAIRO_ANTIALIAS_NONE : CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(context, pango_language_from_string("ja"));
    pango_context_set_round_glyph_positions(context,
                                            is_bits ? TRUE : FALSE);  // a point is too coarse on paper
    pango_layout_context_changed(layout);
    return layout;
}

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

// Cairo keeps the leftmost dot in a byte's lowest bit, we in its highest.
std::uint64_t with_bits_reversed(std::uint64_t bytes) {
    constexpr std::uint64_t odd = 0x5555555555555555U, pairs = 0x3333333333333333U,
                            nibbles = 0x0F0F0F0F0F0F0F0FU;
    bytes = (bytes >> 1U & odd) | (bytes & odd) << 1U;
    bytes = (bytes >> 2U & pairs) | (bytes & pairs) << 2U;
    return (bytes >> 4U & nibbles) | (bytes & nibbles) << 4U;
}

void copy_reversed(const unsigned char* from, std::uint8_t* to, std::size_t size) {
    for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
        const auto some = std::min(sizeof(std::uint64_t), size - at);
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, from + at, some);
        bytes = with_bits_reversed(bytes);
        std::memcpy(to + at, &bytes, some);
    }
}

}  // namespace

std::unique_ptr<Canvas::Surface> Canvas::Surface::of_bits(int width_dots, int height_dots) {
    KENPIN_CHECK(width_dots > 0 && width_dots <= 20'000 && height_dots > 0 && height_dots <= 20'000);
    auto made = std::make_unique<Surface>();
    made->is_bits = true;
    made->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_A1, width_dots, height_dots));
    return made;
}

std::unique_ptr<Canvas::Surface> Canvas::Surface::of_pdf(double width_pt, double height_pt) {
    auto made = std::make_unique<Surface>();
    made->surface.reset(cairo_pdf_surface_create_for_stream(append, &made->pdf, width_pt, height_pt));
    return made;
}

Canvas::Canvas(std::unique_ptr<Surface> surface) : surface_(std::move(surface)) {
    surface_->cairo.reset(cairo_create(surface_->surface.get()));
    cairo_set_antialias(surface_->cairo.get(),
                        surface_->is_bits ? CAIRO_ANTIALIAS_NONE : CAIRO_ANTIALIAS_DEFAULT);
    surface_->layout.reset(new_layout(surface_->cairo.get(), surface_->is_bits));
}

Canvas::~Canvas() = default;

Fit Canvas::draw(std::string_view utf8, const Box& box, const Style& style) {
    KENPIN_CHECK(style.size > 0);
    PangoLayout* layout = surface_->layout.get();
    set_text(layout, utf8);
    pango_layout_set_alignment(layout, alignment(style.align));
    Fit fit;
    if (fits_on_one_line(layout, box, style, fit.size)) {
        fit.is_whole = true;
        pango_layout_set_width(layout,
                               units(std::max(box.width, extent(layout).width)));  // for the alignment
    } else {
        fit.is_whole = fits_wrapped(layout, box, style, fit.size);
    }
    fit.lines = pango_layout_get_line_count(layout);
    const double spare = style.is_centered_vertically ? (box.height - extent(layout).height) / 2 : 0;
    surface_->show_layout(box.x, box.y + spare, style.ink);
    return fit;
}

void Canvas::Surface::show_layout(double x, double y, Ink ink) {
    auto& dots = GlyphDots::here();
    if (is_bits && ink != Ink::white && dots.has_emoji(layout.get())) return show_dithered(x, y);
    if (is_bits && dots.draw(layout.get(), std::round(x), std::round(y), ink == Ink::white, surface.get()))
        return;
    set_ink(cairo.get(), ink, is_bits);
    cairo_move_to(cairo.get(), is_bits ? std::round(x) : x, is_bits ? std::round(y) : y);
    pango_cairo_show_layout(cairo.get(), layout.get());
}

void Canvas::Surface::show_dithered(double x, double y) {
    const int width = cairo_image_surface_get_width(surface.get());
    const int height = cairo_image_surface_get_height(surface.get());
    const SurfaceHandle colour(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    const CairoHandle pen(cairo_create(colour.get()));
    cairo_set_source_rgb(pen.get(), 1, 1, 1);
    cairo_paint(pen.get());
    cairo_set_source_rgb(pen.get(), 0, 0, 0);
    cairo_move_to(pen.get(), std::round(x), std::round(y));
    pango_cairo_show_layout(pen.get(), layout.get());
    cairo_surface_flush(colour.get());
    const auto* pixels = cairo_image_surface_get_data(colour.get());
    const int stride = cairo_image_surface_get_stride(colour.get());
    set_ink(cairo.get(), Ink::black, true);
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column) {
            std::uint32_t rgb = 0;
            std::memcpy(&rgb, pixels + std::ptrdiff_t{row} * stride + std::ptrdiff_t{column} * 4, sizeof rgb);
            if (is_dark(rgb, column, row)) cairo_rectangle(cairo.get(), column, row, 1, 1);
        }
    cairo_fill(cairo.get());
}

double Canvas::line_width(std::string_view utf8, double size, Weight weight) {
    PangoLayout* layout = surface_->layout.get();
    set_text(layout, utf8);
    pango_layout_set_width(layout, -1);
    set_font(layout, size, weight == Weight::bold);
    return extent(layout).width;
}

void Canvas::fill(const Box& box, Ink ink) {
    set_ink(surface_->cairo.get(), ink, surface_->is_bits);
    cairo_rectangle(surface_->cairo.get(), box.x, box.y, box.width, box.height);
    cairo_fill(surface_->cairo.get());
}

void Canvas::frame(const Box& box, double thickness) {
    fill({box.x, box.y, box.width, thickness});
    fill({box.x, box.y + box.height - thickness, box.width, thickness});
    fill({box.x, box.y, thickness, box.height});
    fill({box.x + box.width - thickness, box.y, thickness, box.height});
}

BitmapPaper::BitmapPaper(int width_dots, int height_dots)
    : Canvas(Surface::of_bits(width_dots, height_dots)) {}

Bitmap BitmapPaper::take() {
    cairo_surface_t* bits = surface_->surface.get();
    cairo_surface_flush(bits);
    Bitmap out(cairo_image_surface_get_width(bits), cairo_image_surface_get_height(bits));
    const auto* data = cairo_image_surface_get_data(bits);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(bits));
    for (std::size_t row = 0; row < static_cast<std::size_t>(out.height_dots); ++row)
        copy_reversed(data + row * stride, out.bytes.data() + row * out.row_bytes(), out.row_bytes());
    if (out.width_dots % 8 != 0) {
        const auto last = static_cast<std::uint8_t>(0xFF00U >> static_cast<unsigned>(out.width_dots % 8));
        for (std::size_t row = 1; row <= static_cast<std::size_t>(out.height_dots); ++row)
            out.bytes[row * out.row_bytes() - 1] &= last;
    }
    return out;
}

PdfPaper::PdfPaper(double width_pt, double height_pt, const std::string& title)
    : Canvas(Surface::of_pdf(width_pt, height_pt)) {
    cairo_pdf_surface_set_metadata(surface_->surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface_->surface.get(), CAIRO_PDF_METADATA_CREATOR, "Kenpin");
}

PdfPaper::~PdfPaper() = default;

void PdfPaper::next_page() {
    cairo_show_page(surface_->cairo.get());
}

Result<std::string> PdfPaper::finish() {
    surface_->layout.reset();
    surface_->cairo.reset();
    cairo_surface_finish(surface_->surface.get());
    const auto status = cairo_surface_status(surface_->surface.get());
    if (status != CAIRO_STATUS_SUCCESS) return Error{Error::Kind::corrupt, cairo_status_to_string(status)};
    return std::move(surface_->pdf);
}

void warm_up() {
    BitmapPaper paper(400, 100);
    paper.draw("検品 かな 髙﨑①𠮷 ABC 0123-4567 😀", {0, 0, 400, 40}, {.size = 24});
    paper.draw("検品 かな 髙﨑①𠮷 ABC 0123-4567", {0, 50, 400, 40}, {.size = 24, .weight = Weight::bold});
}

}  // namespace kenpin::text
