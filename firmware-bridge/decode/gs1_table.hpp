#pragma once
// The GS1 application identifiers as data: which exist, what their values look like, which end by length and
// which by a group separator. Source: GS1 Barcode Syntax Dictionary, release 2026-01-27 (Apache-2.0); the
// same rows stand in tests/data/gs1/ai_table.tsv, and a test compares them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kenpin::decode {

/// Which characters a part may hold. GS1 General Specifications, 7.11 (sets 82, 39 and 64).
enum class CharSet : std::uint8_t { digits, text, part_number, base64 };

/// What a part's content must fulfil. Code lists that change (countries, currencies, package types, coupons)
/// are not held here: their parts are checked for form only (`none`).
enum class PartRule : std::uint8_t {
    none,
    check_digit,     // GTIN arithmetic over the part
    check_pair,      // two check characters, mod 1021
    company_prefix,  // begins with at least four digits
    date,            // YYMMDD
    date_or_month,   // YYMMDD, day 00: the end of the month
    long_date,       // YYYYMMDD
    hour,
    minute,
    second,
    hour_minute,
    latitude,   // 0 .. 1800000000, ten-millionths of a degree from the south pole
    longitude,  // 0 .. 3600000000
    yes_no,     // 0 or 1
    hyphen,
    percent_encoded,
    nonzero,
    zero,
    winding,         // 0, 1 or 9
    piece_of_total,  // NNMM, both from 01, N at most M
    iban,
    no_leading_zero,
    has_non_digit,
    sex,                // 0, 1, 2 or 9
    position_of_total,  // "1/3"
    importer_index,
    two_letters,
};

struct Part {
    CharSet set = CharSet::digits;
    std::uint8_t least = 0, most = 0;  // characters; equal when fixed
    bool is_optional = false;          // absent: so are all after it
    std::array<PartRule, 3> rules{};
};

struct AiRow {
    std::string_view first, last;  // "3100", "3105"; the same when there is one
    bool ends_by_length = false;   // needs no separator after it
    std::string_view title;
    std::array<Part, 6> parts{};
    std::size_t part_count = 0;

    std::span<const Part> format() const { return {parts.data(), part_count}; }
    std::size_t most_characters() const;
};

std::span<const AiRow> ai_table();

/// The row of the identifier that `data` begins with, or nullptr. Its length is row->first.size().
const AiRow* find_ai(std::string_view data);

}  // namespace kenpin::decode
