#pragma once
// What a label printer is told, in no printer's language: the picture, what it is printed on, how, and by
// which head. Each language (language.hpp) writes it in its own words. Pure.
#include <cstdint>
#include <string>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::encode {

enum class Tracking { gap, black_mark, continuous };
enum class Ribbon { direct_thermal, thermal_transfer };
enum class After { tear_off, peel_off, cut };

/// A print head. Dots per metre, never "dpi": 203 dpi is 8,000, some makers' 300 dpi are 12,000, others'
/// 11,811.
struct Head {
    int dots_per_m = 8'000;
    int width_dots = 832;
    int right_margin_dots = 0;  // that never print, where a head is wider than the paper's way (Brother)
};
/// Dots per mm of the grid that labels are drawn on: 6, 8, 12 or 24.
int dots_per_mm(const Head& head);
/// The nearest tenth of a mm, and back.
int tenths_of_mm(int dots, const Head& head);
int dots_of_tenths(int tenth_mm, const Head& head);

struct Media {
    int width_dots = 800;  // of the label, at the head's dots
    int length_dots = 1200;
    Tracking tracking = Tracking::gap;
    Ribbon ribbon = Ribbon::direct_thermal;
    int gap_tenth_mm = 30;  // between labels, or the length of the mark
};

struct PrintSettings {
    int speed_inch_per_s = 4;  // 2..14; a language that knows fewer speeds takes the next lower one
    int darkness = 15;         // 0..30; the same share of each language's own range
    After after = After::tear_off;
};

/// Which job it is, for printers that say which one they print. The number counts up at one station; the name
/// tells stations apart that share a printer: at most 16 characters of A-Z, 0-9, '-' and '.', no personal
/// data.
struct JobMark {
    std::int64_t number = 0;
    std::string name{};
    bool operator==(const JobMark&) const = default;
};

struct LabelJob {
    const Bitmap& bitmap;  // outlives the call
    Media media{};
    PrintSettings settings{};
    Head head{};
    JobMark mark{};
};

/// Errors: refused when the bitmap is empty or larger than the media, or a setting is out of range.
Outcome check_job(const LabelJob& job);

}  // namespace kenpin::encode
