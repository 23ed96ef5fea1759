#pragma once
// A picture file as grey pixels. Only the decoder child calls these libraries: damaged files are the usual
// way to break them.
#include <string_view>
#include <variant>

#include "core/base/images.hpp"

namespace kenpin::codes {

enum class PictureFault { not_a_picture, too_large };

/// PNG, JPEG or WebP by its first bytes; colours as brightness, what is transparent over white. At most
/// `most_pixels` pixels.
std::variant<GrayImage, PictureFault> read_picture(std::string_view file, std::size_t most_pixels);

}  // namespace kenpin::codes
