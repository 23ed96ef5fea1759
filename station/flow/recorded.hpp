#pragma once
// What of a refused code may lie in an event for ever. A stray code may hold anything, an address too, and no
// event holds personal data.
#include <string>

#include "core/domain/barcode.hpp"

namespace kenpin::flow {

/// Classified codes as they are shown; other text only when it looks like a code of a warehouse (at most
/// limits::code_body characters of 0-9 A-Z -, a digit among them, no telephone number); else just its length
/// in bytes, "?34" ("?40": that or more).
std::string recorded(const domain::Code& code);

}  // namespace kenpin::flow
