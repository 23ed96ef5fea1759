#pragma once
// A template's barcode in whole dots of a head: the widest modules that fit into its box with the quiet zones
// that its specification asks for.
#include <string>
#include <vector>

#include "adaptors/codes/read_code.hpp"
#include "core/base/images.hpp"
#include "core/base/result.hpp"
#include "printers/layout/bars.hpp"
#include "printers/layout/template.hpp"

namespace kenpin::layout {

struct PlacedSymbol {
    DotBox box;                // from the paper's top left corner, without quiet zones
    int quiet_x = 0;           // white dots each side
    int quiet_y = 0;           // above and below; 0: one row of bars
    std::vector<DotBox> inks;  // black, from the paper's top left corner
    codes::Format format = codes::Format::none;
    std::string expected;  // what a scanner must read
};

/// Centred in `box`. `text`: what it says, or the body of a code of ours. Errors: refused (the text does not
/// suit the symbology, or is too long for the box: the detail says how wide it would be); never the text
/// itself.
Result<PlacedSymbol> place_symbol(const Bars& bars, const std::string& text, const MmBox& box, int dpmm);

}  // namespace kenpin::layout
