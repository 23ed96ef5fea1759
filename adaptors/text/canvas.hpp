#pragma once
// Canvas: text, lines and boxes on paper, drawn with Pango and Cairo. Two papers: BitmapPaper (1-bit dots of
// a print head) and PdfPaper (points, 1/72 inch). All coordinates are in the paper's own unit, from its top
// left corner. One thread at a time; Pango keeps its fonts per thread, so warm_up() belongs in the thread
// that draws.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::text {

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
};

enum class Weight { regular, bold };
enum class Align { left, center, right };
enum class Ink { black, white, gray };  // gray only on PDF; on a bitmap it is black

struct Style {
    double size = 0;  // height of the em square, in the paper's unit
    double one_line_size =
        0;  // shrink a single line down to this before wrapping; 0: size (never shrinks alone)
    double smallest_size = 0;  // wrapped text shrinks down to this; 0: a quarter of size
    Weight weight = Weight::regular;
    Align align = Align::left;
    Ink ink = Ink::black;
    bool is_centered_vertically = false;
};

struct Fit {
    double size = 0;
    int lines = 0;
    bool is_whole = false;  // every character is inside the box
};

class Canvas {
public:
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;
    virtual ~Canvas();

    /// Draws `utf8` into `box`: at full size, else shrunk on one line to `one_line_size`, else wrapped and
    /// shrunk down to `smallest_size`. Never cuts a character off: what does not fit even then is drawn over
    /// the edge and reported by `is_whole` = false; a label then is refused. Bytes that are not UTF-8 show as
    /// U+FFFD.
    Fit draw(std::string_view utf8, const Box& box, const Style& style);
    /// The width of one line at `size`, without drawing.
    double line_width(std::string_view utf8, double size, Weight weight = Weight::regular);

    void fill(const Box& box, Ink ink = Ink::black);
    /// A frame whose outside is `box`.
    void frame(const Box& box, double thickness);

protected:
    struct Surface;
    explicit Canvas(std::unique_ptr<Surface> surface);
    std::unique_ptr<Surface> surface_;
};

/// White at the start. Text has no anti-aliasing: a head knows only black and white.
class BitmapPaper : public Canvas {
public:
    /// Sizes 1..20'000 dots.
    BitmapPaper(int width_dots, int height_dots);
    Bitmap take();
};

/// A document in memory with fonts embedded.
class PdfPaper : public Canvas {
public:
    /// Sizes in points (1/72 inch). A5 portrait is 419.53 x 595.28.
    PdfPaper(double width_pt, double height_pt, const std::string& title);
    ~PdfPaper() override;
    void next_page();
    /// Ends the document; draw nothing after this. Error: corrupt (out of memory inside Cairo).
    Result<std::string> finish();
};

/// Loads the fonts by drawing every kind of letter once (about 50 ms cold). Calling it again is cheap.
void warm_up();

}  // namespace kenpin::text
