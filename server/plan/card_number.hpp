#pragma once
// Payment cards have no place on a floor: an order in whose texts somebody wrote a card's number is refused,
// and the number is not kept. What counts as one is drawn narrowly, for order numbers, tracking numbers and
// JANs are long too: as many digits as the card's maker gives it, in its own groups or in none, with a right
// check digit (Luhn), and not announced as another number (「注文番号」).
#include <string>
#include <string_view>

namespace kenpin::plan {

/// `text` in UTF-8; digits may be full-width.
bool holds_card_number(std::string_view text);
/// With `*` for all digits of a card's number but the last four. `bytes` may be UTF-8 or CP932.
std::string without_card_numbers(std::string_view bytes);

}  // namespace kenpin::plan
