#pragma once
// GS1 data in a scan: element strings (]C1 ]d2 ]Q3 ]e0 ]J1, and EAN with a composite part) and Digital Link
// addresses (]Q1 ]d1 ]J0, digital_link.hpp). Nothing is guessed: what does not fit the table of application
// identifiers is refused by name, with its place, and the scan keeps its raw bytes.
//
//   data = element*    element = AI value [GS]     GS (0x1D) ends a value whose end its AI does not tell;
//                                                  after other values, and at the end, it may stand too
// '^' is never a separator: it stands for GS on paper only. Pure, any thread; at most limits::scan_bytes.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware-bridge/decode/aim.hpp"
#include "firmware-bridge/decode/gs1_value.hpp"

namespace kenpin::decode {

inline constexpr char group_separator = '\x1d';

struct Gs1Element {
    std::string ai, value;  // "01", "04901234567894"
    bool operator==(const Gs1Element&) const = default;
};

/// Well-formed, and yet to be doubted.
struct Gs1Warning {
    enum class Kind {
        needs_another,             // (37) without (00) or (02)
        contradicts,               // (01) beside (02)
        separator_may_be_missing,  // (10)AB1217271231: is it the lot AB12 and an expiry?
    } kind;
    std::string ai;
    bool operator==(const Gs1Warning&) const = default;
};

struct Gs1 {
    std::vector<Gs1Element> elements;  // as they stood; of a Digital Link: key, qualifiers, attributes
    std::vector<Gs1Warning> warnings;

    /// The first value of `ai`; empty when it has none.
    std::string_view value_of(std::string_view ai) const;
};

struct Gs1Refusal {
    Gs1Fault fault;
    std::string ai;                         // which value; empty when none was begun
    std::size_t offset;                     // in the data after the AIM identifier
    bool separator_may_be_missing = false;  // a number went on into what reads as the next element
    bool operator==(const Gs1Refusal&) const = default;
};

using Gs1Reading = std::variant<Gs1, Gs1Refusal>;

/// Nothing when the scan does not claim to be GS1 data: other bars, plain text in a QR code.
std::optional<Gs1Reading> gs1_of(const Identified& scan);

/// An element string without its AIM identifier and leading FNC1.
Gs1Reading parse_element_string(std::string_view data);

/// The element string of `gs1`, with separators exactly where they are needed.
std::string element_string(const Gs1& gs1);

/// Fourteen digits: of (01), else of (02), else of (03). Empty without.
std::string gtin14(const Gs1& gs1);
/// Fourteen digits of a scan of EAN, UPC-A, ITF-14 or GS1 data. Nothing when it is none of these or its check
/// digit is wrong.
std::optional<std::string> gtin14(const Identified& scan);

/// The day of YYMMDD; day 00 is the last of the month. The century is the one nearest to `year_now`: 49 years
/// back to 50 ahead (GS1 General Specifications 7.12). Nothing for a day that does not exist.
std::optional<std::chrono::year_month_day> gs1_day(std::string_view yymmdd, int year_now);

/// Warnings about which identifiers stand together; used for both notations.
std::vector<Gs1Warning> pair_warnings(const std::vector<Gs1Element>& elements);
/// Which of `elements` repeats an identifier with another value; elements.size() when none does.
std::size_t differing_repeat(const std::vector<Gs1Element>& elements);

}  // namespace kenpin::decode
