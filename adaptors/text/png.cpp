#include "adaptors/text/png.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <cairo.h>

#include "adaptors/text/pango_handles.hpp"

namespace kenpin::text {

namespace {

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

cairo_status_t take(void* closure, unsigned char* bytes, unsigned length) {
    auto& rest = *static_cast<std::string_view*>(closure);
    if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(bytes, rest.data(), length);
    rest.remove_prefix(length);
    return CAIRO_STATUS_SUCCESS;
}

Result<std::string> written(cairo_surface_t* surface) {
    cairo_surface_mark_dirty(surface);
    std::string png;
    const auto status = cairo_surface_write_to_png_stream(surface, append, &png);
    if (status != CAIRO_STATUS_SUCCESS) return Error{Error::Kind::corrupt, cairo_status_to_string(status)};
    return png;
}

std::uint32_t premultiplied(const std::uint8_t* rgba) {
    const std::uint32_t alpha = rgba[3];
    const auto scaled = [&](unsigned channel) { return (rgba[channel] * alpha + 127) / 255; };
    return alpha << 24U | scaled(0) << 16U | scaled(1) << 8U | scaled(2);
}

// Size of the picture from the PNG's own header, before memory is taken for it.
bool is_reasonable(std::string_view png) {
    constexpr std::size_t header = 24;
    constexpr std::uint64_t most_pixels = 100'000'000;
    if (png.size() < header || png.substr(1, 3) != "PNG") return false;
    const auto number = [&](std::size_t at) {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < 4; ++i) out = out << 8U | static_cast<std::uint8_t>(png[at + i]);
        return out;
    };
    return number(16) * number(20) <= most_pixels && number(16) <= 32'767 && number(20) <= 32'767;
}

std::uint8_t gray_of(std::uint32_t argb) {
    const unsigned alpha = argb >> 24U;
    const unsigned level =
        ((argb >> 16U & 0xFFU) * 299 + (argb >> 8U & 0xFFU) * 587 + (argb & 0xFFU) * 114) / 1000;
    return static_cast<std::uint8_t>(std::min(255U, level + 255 - alpha));
}

GrayImage grayed(cairo_surface_t* picture) {
    const int width = cairo_image_surface_get_width(picture);
    const int height = cairo_image_surface_get_height(picture);
    const SurfaceHandle argb(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
    const CairoHandle cairo(cairo_create(argb.get()));
    cairo_set_source_surface(cairo.get(), picture, 0, 0);
    cairo_paint(cairo.get());
    cairo_surface_flush(argb.get());
    GrayImage out{width, height, {}};
    out.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const auto* data = cairo_image_surface_get_data(argb.get());
    const int stride = cairo_image_surface_get_stride(argb.get());
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, data + std::ptrdiff_t{y} * stride + std::ptrdiff_t{x} * 4, sizeof pixel);
            out.pixels.push_back(gray_of(pixel));
        }
    return out;
}

}  // namespace

Result<std::string> png_of(const Bitmap& bitmap) {
    const SurfaceHandle surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, bitmap.width_dots, bitmap.height_dots));
    auto* data = cairo_image_surface_get_data(surface.get());
    if (data == nullptr) return Error{Error::Kind::corrupt, "an empty picture has no PNG"};
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < bitmap.height_dots; ++y)
        for (int x = 0; x < bitmap.width_dots; ++x) {
            const std::uint32_t pixel = bitmap.is_black(x, y) ? 0xFF000000U : 0xFFFFFFFFU;
            std::memcpy(data + std::ptrdiff_t{y} * stride + std::ptrdiff_t{x} * 4, &pixel, sizeof pixel);
        }
    return written(surface.get());
}

Result<std::string> png_of(const RgbaImage& image) {
    const SurfaceHandle surface(
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, image.width_px, image.height_px));
    auto* data = cairo_image_surface_get_data(surface.get());
    if (data == nullptr) return Error{Error::Kind::corrupt, "an empty picture has no PNG"};
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < image.height_px; ++y)
        for (int x = 0; x < image.width_px; ++x) {
            const auto at = (std::size_t(y) * std::size_t(image.width_px) + std::size_t(x)) * 4;
            const auto pixel = premultiplied(image.pixels.data() + at);
            std::memcpy(data + std::ptrdiff_t{y} * stride + std::ptrdiff_t{x} * 4, &pixel, sizeof pixel);
        }
    return written(surface.get());
}

Result<GrayImage> gray_of_png(std::string_view png) {
    if (!is_reasonable(png)) return Error{Error::Kind::corrupt, "not a PNG, or far too large"};
    const SurfaceHandle picture(cairo_image_surface_create_from_png_stream(take, &png));
    const auto status = cairo_surface_status(picture.get());
    if (status != CAIRO_STATUS_SUCCESS) return Error{Error::Kind::corrupt, cairo_status_to_string(status)};
    return grayed(picture.get());
}

}  // namespace kenpin::text
