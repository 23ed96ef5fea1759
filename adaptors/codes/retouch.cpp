#include "adaptors/codes/retouch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace kenpin::codes {
namespace {

constexpr std::uint8_t white = 255;

GrayImage blank(int width, int height) {
    GrayImage out{width, height, {}};
    out.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), white);
    return out;
}

std::size_t index(const GrayImage& image, int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width_px) +
           static_cast<std::size_t>(x);
}

int at(const GrayImage& image, int x, int y) {
    return image.pixels[index(image, x, y)];
}

int at_edge(const GrayImage& image, int x, int y) {
    return at(image, std::clamp(x, 0, image.width_px - 1), std::clamp(y, 0, image.height_px - 1));
}

std::uint8_t to_pixel(double value) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

template <class Value>
GrayImage made(int width, int height, const Value& value) {
    auto out = blank(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) out.pixels[index(out, x, y)] = value(x, y);
    return out;
}

GrayImage transposed(const GrayImage& image) {
    return made(image.height_px, image.width_px,
                [&](int x, int y) { return static_cast<std::uint8_t>(at(image, y, x)); });
}

// Catmull-Rom: four weights for a place `t` (0..1) between the two in the middle.
std::array<double, 4> cubic_weights(double t) {
    const double t2 = t * t, t3 = t2 * t;
    return {-0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1, -1.5 * t3 + 2 * t2 + 0.5 * t,
            0.5 * t3 - 0.5 * t2};
}

GrayImage widened(const GrayImage& image, int factor) {
    return made(image.width_px * factor, image.height_px, [&](int x, int y) {
        const double place = (x + 0.5) / factor - 0.5;
        const int left = static_cast<int>(std::floor(place));
        const auto weights = cubic_weights(place - left);
        double sum = 0;
        for (int i = 0; i < 4; ++i)
            sum += weights[static_cast<std::size_t>(i)] * at_edge(image, left - 1 + i, y);
        return to_pixel(sum);
    });
}

GrayImage softened_along_rows(const GrayImage& image, int radius) {
    auto out = image;
    for (int y = 0; y < image.height_px; ++y) {
        int sum = 0;
        for (int x = -radius; x <= radius; ++x) sum += at_edge(image, x, y);
        for (int x = 0; x < image.width_px; ++x) {
            out.pixels[index(out, x, y)] = static_cast<std::uint8_t>(sum / (2 * radius + 1));
            sum += at_edge(image, x + radius + 1, y) - at_edge(image, x - radius, y);
        }
    }
    return out;
}

double between(const GrayImage& image, double x, double y) {
    const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
    if (left < 0 || top < 0 || left + 1 >= image.width_px || top + 1 >= image.height_px) return white;
    const double dx = x - left, dy = y - top;
    return (at(image, left, top) * (1 - dx) + at(image, left + 1, top) * dx) * (1 - dy) +
           (at(image, left, top + 1) * (1 - dx) + at(image, left + 1, top + 1) * dx) * dy;
}

/// The grey values below and above which a hundredth of the pixels lies.
std::pair<int, int> tails(const GrayImage& image) {
    std::array<std::size_t, 256> counts{};
    for (const auto pixel : image.pixels) ++counts[pixel];
    const auto few = image.pixels.size() / 100;
    int low = 0, high = 255;
    for (std::size_t sum = counts[0]; sum <= few && low < 255; sum += counts[static_cast<std::size_t>(low)])
        ++low;
    for (std::size_t sum = counts[255]; sum <= few && high > 0; sum += counts[static_cast<std::size_t>(high)])
        --high;
    return {low, high};
}

std::uint8_t between_ends(int value, int low, int high) {
    return high <= low ? static_cast<std::uint8_t>(value) : to_pixel((value - low) * 255.0 / (high - low));
}

/// Lowest or highest of each window of 2 * radius + 1 pixels along the rows.
template <class Better>
GrayImage extreme_along_rows(const GrayImage& image, int radius, const Better& better) {
    return made(image.width_px, image.height_px, [&](int x, int y) {
        int best = at(image, x, y);
        for (int i = std::max(0, x - radius); i <= std::min(image.width_px - 1, x + radius); ++i)
            best = better(best, at(image, i, y));
        return static_cast<std::uint8_t>(best);
    });
}

template <class Better>
GrayImage extreme(const GrayImage& image, int radius, const Better& better) {
    return transposed(
        extreme_along_rows(transposed(extreme_along_rows(image, radius, better)), radius, better));
}

}  // namespace

GrayImage inverted(const GrayImage& image) {
    auto out = image;
    for (auto& pixel : out.pixels) pixel = static_cast<std::uint8_t>(white - pixel);
    return out;
}

GrayImage enlarged(const GrayImage& image, int factor) {
    return transposed(widened(transposed(widened(image, factor)), factor));
}

GrayImage shrunk(const GrayImage& image, int factor) {
    return made(image.width_px / factor, image.height_px / factor, [&](int x, int y) {
        int sum = 0;
        for (int dy = 0; dy < factor; ++dy)
            for (int dx = 0; dx < factor; ++dx) sum += at(image, x * factor + dx, y * factor + dy);
        return static_cast<std::uint8_t>(sum / (factor * factor));
    });
}

GrayImage tilted(const GrayImage& image, double degrees) {
    const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    const double wide = image.width_px, high = image.height_px;
    const int width = static_cast<int>(std::ceil(std::abs(wide * c) + std::abs(high * s)));
    const int height = static_cast<int>(std::ceil(std::abs(wide * s) + std::abs(high * c)));
    return made(width, height, [&](int x, int y) {
        const double dx = x - (width - 1) / 2.0, dy = y - (height - 1) / 2.0;
        return to_pixel(between(image, dx * c + dy * s + (wide - 1) / 2, -dx * s + dy * c + (high - 1) / 2));
    });
}

GrayImage quarter_turned(const GrayImage& image) {
    return made(image.height_px, image.width_px, [&](int x, int y) {
        return static_cast<std::uint8_t>(at(image, y, image.height_px - 1 - x));
    });
}

GrayImage softened(const GrayImage& image, int radius_x, int radius_y) {
    auto out = radius_x > 0 ? softened_along_rows(image, radius_x) : image;
    return radius_y > 0 ? transposed(softened_along_rows(transposed(out), radius_y)) : out;
}

GrayImage sharpened(const GrayImage& image, int radius, double times) {
    const auto soft = softened(softened(image, radius, radius), radius, radius);
    return made(image.width_px, image.height_px, [&](int x, int y) {
        return to_pixel(at(image, x, y) + times * (at(image, x, y) - at(soft, x, y)));
    });
}

GrayImage stretched(const GrayImage& image) {
    const auto [low, high] = tails(image);
    auto out = image;
    for (auto& pixel : out.pixels) pixel = between_ends(pixel, low, high);
    return out;
}

GrayImage evened(const GrayImage& image, int radius) {
    const auto low =
        softened(extreme(image, radius, [](int a, int b) { return std::min(a, b); }), radius, radius);
    const auto high =
        softened(extreme(image, radius, [](int a, int b) { return std::max(a, b); }), radius, radius);
    return made(image.width_px, image.height_px, [&](int x, int y) {
        constexpr int least_contrast = 16;  // a plain surface stays plain
        const int bottom = at(low, x, y), top = std::max(at(high, x, y), bottom + least_contrast);
        return between_ends(at(image, x, y), bottom, top);
    });
}

GrayImage framed(const GrayImage& image, int margin_px) {
    auto out = blank(image.width_px + 2 * margin_px, image.height_px + 2 * margin_px);
    for (int y = 0; y < image.height_px; ++y)
        std::copy_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(index(image, 0, y)), image.width_px,
                    out.pixels.begin() + static_cast<std::ptrdiff_t>(index(out, margin_px, y + margin_px)));
    return out;
}

}  // namespace kenpin::codes
