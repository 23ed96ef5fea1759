#pragma once
// Whether one value fits its GS1 application identifier. Pure.
#include <cstddef>
#include <optional>
#include <string_view>

#include "firmware-bridge/decode/gs1_table.hpp"

namespace kenpin::decode {

enum class Gs1Fault {
    empty,            // GS1 bars without data
    stray_separator,  // a group separator where an identifier has to begin
    unknown_ai,
    too_short,
    too_long,
    not_a_digit,    // a letter or blank in a number
    bad_character,  // outside the set the value may use
    check_digit,
    bad_month,
    bad_day,
    bad_time,
    bad_value,         // another rule of the table: "0 or 1", piece 3 of 2, IBAN ...
    differing_repeat,  // the same identifier twice with two values
    no_primary_key,    // a web address, but not a Digital Link
    bad_qualifier,     // an identifier in the path that does not belong to the key
    bad_escape,        // '%' without two hexadecimal digits
};
/// "check_digit", ...: as in packets and translations.
std::string_view name(Gs1Fault fault);

struct ValueFault {
    Gs1Fault fault;
    std::size_t offset;  // in the value; its size when something is missing at its end
    bool operator==(const ValueFault&) const = default;
};

/// What is wrong with `value` first, from the left; nothing when it fits.
std::optional<ValueFault> check_value(const AiRow& row, std::string_view value);

}  // namespace kenpin::decode
