#pragma once
// ZPL II, the language of Zebra printers and of many others that speak it (SATO, Toshiba TEC, Brother TD,
// Citizen in their emulations). Every job sets every mode it relies on: a carrier's file may have left the
// printer in another. Source: docs.zebra.com, ZPL programming guide. Pure.
#include <string>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::encode {

enum class Tracking { gap, black_mark, continuous };
enum class Ribbon { direct_thermal, thermal_transfer };
enum class After { tear_off, peel_off, cut };

struct Media {
    int width_dots = 800;  // of the label, at the head's dots per mm
    int length_dots = 1200;
    Tracking tracking = Tracking::gap;
    Ribbon ribbon = Ribbon::direct_thermal;
};

struct PrintSettings {
    int speed_inch_per_s = 4;  // 2..14
    int darkness = 15;         // 0..30, absolute
    After after = After::tear_off;
};

/// One label, one copy, as ^GFA with :Z64: (zlib level 1: fastest to the first byte, printing.md §1.3).
/// Errors: refused when the bitmap is empty or larger than the media, or a setting is out of range.
Result<std::string> encode_zpl(const Bitmap& bitmap, const Media& media, const PrintSettings& settings);

/// Ask a printer how it is: ~HS is not answered at all while media is out or the head is open, ~HQES always
/// is.
inline constexpr const char* zpl_ask_host_status = "~HS\r\n";
inline constexpr const char* zpl_ask_errors = "~HQES\r\n";

}  // namespace kenpin::encode
