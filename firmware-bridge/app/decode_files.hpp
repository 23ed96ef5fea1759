#pragma once
// `kenpin-bridge decode FILE...`: what the camera's decoder reads in picture files, for the administrator who
// asks why a label does not read.
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/codes/read_code.hpp"

namespace kenpin::app {

/// One JSON line per file on standard output, as soon as it is known: {"file","text","symbology","aim","ms"};
/// text, symbology and aim are null when nothing was read. A file that is no picture (PNG, JPEG, WebP), is
/// damaged or too large is named on standard error besides. Returns 1 when a file could not be opened, else
/// 0.
int decode_files(const std::vector<std::string>& paths);

/// The code as one line of visible ASCII: other bytes and the backslash as \xHH, a UPC-A as thirteen digits,
/// line ends at its very end left out.
std::string visible_text(const codes::ReadCode& code);
/// "EAN13", "QRCode", ...
std::string_view symbology_word(codes::Format format);

}  // namespace kenpin::app
