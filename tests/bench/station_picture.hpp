#pragma once
// From a scan at the station's edge to what the worker notices: the verdict with its tone, and the picture.
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::bench {

struct Noticed {
    std::vector<double> verdict_ms;  // judged, folded and sounded; nothing is written to a disk
    std::vector<double> picture_ms;  // and drawn to the last pixel
};
/// `scans` pieces on the bench or at the shelf, each on its own picture, in a window of `profile` that nobody
/// sees (SDL's offscreen driver, GL as the machine has it).
Result<Noticed> measure_picture(const std::string& profile, int scans);

/// Milliseconds of each part of a start of the window: the letters baked, the window with its GL opened.
struct StartParts {
    double letters_ms = 0, all_ms = 0;
};
Result<StartParts> measure_start_parts(const std::string& profile);

}  // namespace kenpin::bench
