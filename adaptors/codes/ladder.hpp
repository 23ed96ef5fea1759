#pragma once
// Still pictures that do not read as they are: the ways in which they are tried, cheap ones first, and when a
// code read in one of them is believed. Pure.
//
// A check digit finds nine of ten misreads, and blur makes those that it does not find: one photograph, saved
// again with stronger compression, read as another EAN as it was. Retouching invents bars, too: sharpening
// made other EANs of blurred ones, the same wrong one in several strengths (docs/decoding.md). Hence:
//   QR, DataMatrix, Code 128, DataBar   believed at once (error correction, or a check that covers the order)
//   EAN, UPC-A                          believed when two steps read the same, three if the picture as it is
//   was
//                                       not one of them, of different families, and two more than read any
//                                       other one
//   Code 39, ITF, NW-7                  believed at once in a trusted step, where the picture is (nearly) as
//                                       it was taken; else when two steps read the same, sharpened ones not
//                                       counted
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "adaptors/codes/read_code.hpp"

namespace kenpin::codes {

enum class Retouch {
    none,
    invert,
    stretch,
    even_fine,
    even_out,
    enlarge_2,
    enlarge_3,
    halve,
    soften,
    soften_more,
    sharpen_fine,
    sharpen,
    sharpen_wide,
    tilt_left,
    tilt_right,
    tilt_more_left,
    tilt_more_right,
};
enum class Threshold { local, whole_picture, half };  // where black ends and white begins
enum class Family { as_is, evened, softened, sharpened, tilted };

struct LadderStep {
    std::string_view name;
    Family family = Family::as_is;
    std::array<Retouch, 3> retouches{};  // one after the other
    Threshold threshold = Threshold::local;
    bool try_small = false;  // also made smaller by the library
    bool is_trusted = false;
};

/// Step 0 is the picture as it is.
std::span<const LadderStep> ladder();

class Jury {
public:
    /// `code` was read in `step`; returned once it is believed.
    std::optional<ReadCode> hear(const LadderStep& step, const ReadCode& code);

private:
    std::vector<std::pair<const LadderStep*, ReadCode>> heard_;
};

}  // namespace kenpin::codes
