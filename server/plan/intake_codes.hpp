#pragma once
// Codes of what intake found (E-POSTCODE, W-HALFKANA …): E stops or holds an order, W only tells. What each
// means and what to do about it stands in assets/shops/reasons.tsv, in Japanese and English.
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::plan {

struct Problem;

/// Of a problem for which an order cannot be stored: {"lines[0].qty", "out_of_range"} -> "E-QTY".
std::string code_of(const Problem& problem);
/// Each once, in the order of the problems.
std::vector<std::string> codes_of(const std::vector<Problem>& problems);

/// The file was damaged on its way: what the shop wants of the order stands somewhere else.
bool is_damage(const Problem& problem);

/// With which an order is taken but does not leave; nothing: the code only tells.
std::optional<domain::HoldReason> hold_of(const std::string& code);

/// One row of assets/shops/reasons.tsv.
struct ReasonText {
    std::string code, ja, en, do_ja, do_en;
};
/// Errors: corrupt (a line with another number of columns, or with an empty one).
Result<std::vector<ReasonText>> read_reason_texts(std::string_view tsv);

}  // namespace kenpin::plan
