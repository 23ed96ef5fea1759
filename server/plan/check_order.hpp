#pragma once
// What must be right with a received order before anything is planned for it.
#include <vector>

#include "server/plan/intake.hpp"

namespace kenpin::plan {

/// Everything that is wrong, in the order of the fields; empty: it may be taken.
std::vector<Problem> problems_of(const ReceivedOrder& order, const Catalogue& catalogue);

/// What else is wrong with an order of which some fields could not be read: problems_of() without those that
/// follow from `known`, which comes first.
std::vector<Problem> all_problems(std::vector<Problem> known, const ReceivedOrder& order,
                                  const Catalogue& catalogue);

/// Somebody wrote a payment card's number into one of its texts.
bool holds_card_number(const ReceivedOrder& order);

/// 1 .. 50 printable ASCII characters.
bool is_order_number(std::string_view number);
/// Seven digits without their hyphen; empty when that is not what `text` is. 000-0000 is nobody's.
std::string plain_postcode(std::string_view text);

}  // namespace kenpin::plan
