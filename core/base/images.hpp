#pragma once
// Pictures as values: what the drawing, printing and decoding rooms hand to each other. Plain memory, no
// library.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kenpin {

/// One bit per dot, 1 = black, leftmost dot in the highest bit, rows padded with 0 to whole bytes: the form a
/// print head wants.
struct Bitmap {
    int width_dots = 0;
    int height_dots = 0;
    std::vector<std::uint8_t> bytes;

    Bitmap() = default;
    /// All white. Both sizes >= 0.
    Bitmap(int width, int height)
        : width_dots(width),
          height_dots(height),
          bytes(static_cast<std::size_t>((width + 7) / 8) * static_cast<std::size_t>(height)) {}

    std::size_t row_bytes() const { return static_cast<std::size_t>((width_dots + 7) / 8); }
    /// `x`, `y` inside the bitmap; not checked.
    bool is_black(int x, int y) const { return (bytes[index(x, y)] & mask(x)) != 0; }
    void blacken(int x, int y) {
        bytes[index(x, y)] = static_cast<std::uint8_t>(bytes[index(x, y)] | mask(x));
    }
    void whiten(int x, int y) {
        bytes[index(x, y)] = static_cast<std::uint8_t>(bytes[index(x, y)] & ~mask(x));
    }
    bool operator==(const Bitmap&) const = default;

private:
    std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * row_bytes() + static_cast<std::size_t>(x / 8);
    }
    static unsigned mask(int x) { return 0x80U >> (x % 8); }
};

/// 8 bits per pixel, 0 = black, 255 = white, rows without padding: what a barcode decoder reads.
struct GrayImage {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> pixels;
};

/// 4 bytes per pixel, red green blue alpha, alpha not multiplied in, rows without padding: what a texture
/// takes.
struct RgbaImage {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> pixels;
};

}  // namespace kenpin
