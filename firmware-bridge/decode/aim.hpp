#pragma once
// AIM symbology identifiers (ISO/IEC 15424): three characters "]cm" that a scanner can be told to put before
// each scan. They are the only way a serial scanner says which kind of bars it read.
#include <string>
#include <string_view>

#include "core/domain/barcode.hpp"

namespace kenpin::decode {

struct Identified {
    domain::Symbology symbology = domain::Symbology::unknown;
    std::string aim;    // "]E0"; empty when the scan had none
    std::string bytes;  // the scan without it, exactly as read
};

/// Splits the identifier off. Without one, or with a letter that AIM does not assign, the scan stays whole: a
/// code may itself begin with ']'. Kinds the floor has no word for (PDF417, Aztec, ...) are `unknown` but
/// keep their `aim`.
Identified identify(std::string_view scan);

}  // namespace kenpin::decode
