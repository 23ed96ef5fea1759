#pragma once
// Scanners that cannot send AIM identifiers can be told to put a letter or a word of the site's choice around
// each kind of bars, e.g. "A" before Code 39 or "<EAN>" .. "</EAN>". Rules that the site writes down take it
// off again and say which bars they were.
#include <string>
#include <vector>

#include "firmware-bridge/decode/aim.hpp"

namespace kenpin::decode {

struct PrefixRule {
    std::string prefix, suffix;                                // one of them may be empty
    domain::Symbology symbology = domain::Symbology::unknown;  // unknown: takes off only
    bool operator==(const PrefixRule&) const = default;
};

/// The scan without what the one rule that fits put around it. Rules with more characters are tried first,
/// then in their order. A rule fits when something remains and that can be of its symbology (EAN-13: thirteen
/// digits ...), so that a rule "4 = EAN-8" leaves a JAN alone. A scan with an AIM identifier stays as it is:
/// the scanner itself has said what it is.
Identified without_prefix(const std::vector<PrefixRule>& rules, Identified scan);

}  // namespace kenpin::decode
