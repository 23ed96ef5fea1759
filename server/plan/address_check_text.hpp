#pragma once
// Characters and lengths that travel badly: what a carrier's file cannot hold (𠮷, emoji), what old systems
// print wrongly (①㈱髙﨑, ｶﾅ), what a spreadsheet would run (=HYPERLINK…), what is longer than the waybill's
// lines. All of it is taken as it is and shown to a person, with a proposal where one is known; nothing is
// replaced silently.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/private.hpp"
#include "core/base/result.hpp"
#include "server/plan/consolidation_key.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// A text as CP932 bytes; nothing when a character has no place there. Given by the caller.
using Cp932 = std::function<std::optional<std::string>(const std::string&)>;

/// How much a carrier's waybill holds, in full-width characters (assets/carriers/widths.tsv).
struct CarrierWidths {
    std::string carrier;
    int name = 0, name_lines = 1;        // characters in a line, lines
    int address = 0, address_lines = 1;  // prefecture, city and street together
    int building = 0;                    // 0: part of the address
};
/// Errors: corrupt (a line that is not as the header says).
Result<std::vector<CarrierWidths>> read_carrier_widths(std::string_view tsv);

/// A field of an addressee that a carrier's waybill does not hold. Figures only.
struct TooLong {
    std::string carrier, field;  // "name" | "address" (with prefecture and city; and the building where it
                                 // has no line of its own) | "building"
    int characters = 0;          // full-width, a half-width one counts half
    int takes = 0;               // all its lines together
    int lines = 1;
    bool operator==(const TooLong&) const = default;
};
std::vector<TooLong> too_long_for(const Addressee& who, const std::vector<CarrierWidths>& widths);

struct TextFinding {
    std::string code;   // W-NONCP932, W-VENDORCHAR, W-HALFKANA, W-FORMULA, W-LEN-CARRIER, E-CONTROL
    std::string field;  // "recipients[0].name", "remark", …
    Private<std::string>
        proposal;  // W-NONCP932: what the carrier could take; W-LEN-CARRIER: the carrier's name
    bool operator==(const TextFinding&) const = default;
};

struct TextRulesOfCarriers {
    Cp932 cp932;
    KanjiForms forms;
    std::vector<CarrierWidths> widths;  // of the carriers that the site uses
};

/// What is remarkable about one text of an order.
std::vector<TextFinding> text_findings(const std::string& text, const std::string& field,
                                       const TextRulesOfCarriers& rules);
/// ... and about all of them: addressees and the buyer's words.
std::vector<TextFinding> text_findings(const ReceivedOrder& order, const TextRulesOfCarriers& rules);

/// Each character that CP932 has not becomes its common form (𠮷 -> 吉) or goes (emoji, control characters).
std::string carrier_proposal(const std::string& text, const TextRulesOfCarriers& rules);

/// A spreadsheet would take it for a formula: it begins with = + - @ and is neither a number nor a telephone
/// number.
bool is_formula(std::string_view text);
/// For files that people open in a spreadsheet: with ' in front when it is a formula, else as it is.
std::string defused(const std::string& text);

/// Full-width characters that the text takes, half-width ones counting half, rounded up. UTF-8.
int full_width_characters(std::string_view text);

}  // namespace kenpin::plan
