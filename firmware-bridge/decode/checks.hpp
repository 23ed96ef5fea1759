#pragma once
// Whether a scan is what its bars promise: check digits, lengths, GS1 data. Only says; the step in hand
// decides (core/domain/barcode.hpp), and the raw bytes go on in any case.
#include <string_view>

#include "firmware-bridge/decode/aim.hpp"

namespace kenpin::decode {

enum class Check {
    nothing,  // these bars have no check that we know (Code 39, a URL, ITF of another length)
    right,
    zero_left_out,  // a right UPC-A of twelve digits sent as EAN-13: the scanner drops the leading 0
    check_digit,
    length,      // too many or too few digits
    characters,  // letters where only digits can be
    gs1,         // gs1_of() says what is wrong
};
/// "none", "right", "zero_left_out", ...: as in the scan packet's `check`.
std::string_view name(Check check);

/// By symbology: EAN, UPC-A, ITF of 14 digits, GS1 (also Digital Links), NW-7 of twelve digits as a tracking
/// number (mod 7: a wrong one warns, for not every carrier checks), Code 128/39 of an international mail
/// item (S10). Without symbology there is nothing to check.
Check check(const Identified& scan);

/// The twelve digits of a tracking number as people and labels write it: hyphens, start and stop letters
/// (A-D, either case) left out. Empty when it is anything else.
std::string tracking_digits(std::string_view written);

}  // namespace kenpin::decode
