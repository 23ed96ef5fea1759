#include "adaptors/codes/picture_file.hpp"

#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <memory>

#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

namespace kenpin::codes {
namespace {

using Picture = std::variant<GrayImage, PictureFault>;

const std::uint8_t* bytes(std::string_view file) {
    return reinterpret_cast<const std::uint8_t*>(file.data());
}

bool is_too_large(std::size_t width, std::size_t height, std::size_t most) {
    return width == 0 || height == 0 || width > most / height;
}

GrayImage blank(std::size_t width, std::size_t height) {
    return {static_cast<int>(width), static_cast<int>(height), std::vector<std::uint8_t>(width * height)};
}

Picture read_png(std::string_view file, std::size_t most_pixels) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, decltype(&png_image_free)> freed(&png, png_image_free);
    if (png_image_begin_read_from_memory(&png, file.data(), file.size()) == 0)
        return PictureFault::not_a_picture;
    if (is_too_large(png.width, png.height, most_pixels)) return PictureFault::too_large;
    png.format = PNG_FORMAT_GRAY;
    auto image = blank(png.width, png.height);
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&png, &white, image.pixels.data(), 0, nullptr) == 0)
        return PictureFault::not_a_picture;
    return image;
}

struct JpegErrors {
    jpeg_error_mgr manager;
    std::jmp_buf give_up;
};

[[noreturn]] void leave_jpeg(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<JpegErrors*>(jpeg->err)->give_up, 1);
}

void say_nothing(j_common_ptr /*jpeg*/, int /*level*/) {}

// libjpeg reports errors by a jump: everything with a destructor lives in the caller.
bool read_jpeg_into(GrayImage& image, std::string_view file, std::size_t most_pixels, PictureFault& fault) {
    jpeg_decompress_struct jpeg;
    JpegErrors errors;
    jpeg.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = leave_jpeg;
    errors.manager.emit_message = say_nothing;
    fault = PictureFault::not_a_picture;
    if (setjmp(errors.give_up) != 0) {
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, bytes(file), static_cast<unsigned long>(file.size()));
    (void)jpeg_read_header(&jpeg, TRUE);  // TRUE: a file without picture is an error
    if (is_too_large(jpeg.image_width, jpeg.image_height, most_pixels)) {
        fault = PictureFault::too_large;
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    jpeg.out_color_space = JCS_GRAYSCALE;
    (void)jpeg_start_decompress(&jpeg);  // cannot suspend: the file is in memory
    image = blank(jpeg.output_width, jpeg.output_height);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = image.pixels.data() + std::size_t{jpeg.output_scanline} * jpeg.output_width;
        (void)jpeg_read_scanlines(&jpeg, &row, 1);  // one, always
    }
    (void)jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return true;
}

Picture read_jpeg(std::string_view file, std::size_t most_pixels) {
    GrayImage image;
    PictureFault fault{};
    if (!read_jpeg_into(image, file, most_pixels, fault)) return fault;
    return image;
}

std::uint8_t brightness(const std::uint8_t* rgba) {
    const int grey = (299 * rgba[0] + 587 * rgba[1] + 114 * rgba[2]) / 1000;
    return static_cast<std::uint8_t>((grey * rgba[3] + 255 * (255 - rgba[3])) / 255);
}

Picture read_webp(std::string_view file, std::size_t most_pixels) {
    int width = 0, height = 0;
    if (WebPGetInfo(bytes(file), file.size(), &width, &height) == 0) return PictureFault::not_a_picture;
    const auto wide = static_cast<std::size_t>(width), high = static_cast<std::size_t>(height);
    if (is_too_large(wide, high, most_pixels)) return PictureFault::too_large;
    const std::unique_ptr<std::uint8_t, decltype(&WebPFree)> rgba(
        WebPDecodeRGBA(bytes(file), file.size(), &width, &height), WebPFree);
    if (!rgba) return PictureFault::not_a_picture;
    auto image = blank(wide, high);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = brightness(rgba.get() + 4 * i);
    return image;
}

}  // namespace

std::variant<GrayImage, PictureFault> read_picture(std::string_view file, std::size_t most_pixels) {
    if (file.starts_with("\x89PNG")) return read_png(file, most_pixels);
    if (file.starts_with("\xff\xd8\xff")) return read_jpeg(file, most_pixels);
    if (file.starts_with("RIFF") && file.substr(0, 12).ends_with("WEBP")) return read_webp(file, most_pixels);
    return PictureFault::not_a_picture;
}

}  // namespace kenpin::codes
