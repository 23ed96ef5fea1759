#pragma once
// ZPL II, the language of Zebra printers and of many others that speak it (SATO, Toshiba TEC, Brother TD,
// Citizen in their emulations). Every job sets every mode it relies on: a carrier's file may have left the
// printer in another. Source: docs.zebra.com, ZPL programming guide. Pure.
#include <string>

#include "printers/encode/language.hpp"

namespace kenpin::encode {

/// One label, one copy, as ^GFA with :Z64: (zlib level 1: fastest to the first byte, printing.md §1.3).
/// Errors: refused when the bitmap is empty or larger than the media, or a setting is out of range.
Result<std::string> encode_zpl(const Bitmap& bitmap, const Media& media, const PrintSettings& settings);

extern const Language zpl;

/// Ask a printer how it is: ~HS is not answered at all while media is out or the head is open, ~HQES always
/// is.
inline constexpr const char* zpl_ask_host_status = "~HS\r\n";
inline constexpr const char* zpl_ask_errors = "~HQES\r\n";

}  // namespace kenpin::encode
