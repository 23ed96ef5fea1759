#pragma once
// Pictures to and from PNG bytes.
#include <string>
#include <string_view>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::text {

/// Black on white. Error: corrupt when the picture is empty.
Result<std::string> png_of(const Bitmap& bitmap);
Result<std::string> png_of(const RgbaImage& image);

/// Any PNG as gray (transparent becomes white). Errors: corrupt when it is none, or over 100 megapixels.
Result<GrayImage> gray_of_png(std::string_view png);

}  // namespace kenpin::text
