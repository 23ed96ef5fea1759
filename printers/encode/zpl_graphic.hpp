#pragma once
// The graphic field of ZPL, ^GF: writing it as :Z64:, reading it in every text form (hex, hex with run
// lengths (ACS), :B64:, :Z64:). Reading takes bytes from outside: sizes are bounded before memory is taken.
// Pure.
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/images.hpp"
#include "core/base/result.hpp"
#include "printers/encode/raster.hpp"

namespace kenpin::encode {

/// "^GFA,total,total,row,:Z64:…:CRC", zlib level 1.
std::string graphic_field_z64(const Bitmap& bitmap);

/// The picture of "^GFA," parameters: `total_bytes` and `row_bytes` as given there, `data` what follows the
/// last comma. Width is row_bytes * 8, height total_bytes / row_bytes; missing data is white. Line breaks in
/// `data` are skipped. Errors: refused (sizes out of bounds or not matching), corrupt (wrong checksum, broken
/// base64 or zlib, a foreign character).
Result<Bitmap> decode_graphic(std::size_t total_bytes, std::size_t row_bytes, std::string_view data);

}  // namespace kenpin::encode
