#pragma once
// Individual handling (個別対応): what about an order needs a special step or a person. A flag comes from a
// field of the order (SLOT, COD, MULTI_DEST …), from its goods (COOL, TEMP_MIX, and MAIL where the shop names
// no service), or from words, the buyer's or the shop's (assets/handling/words.tsv). What to do about each
// flag stands in assets/handling/flags.tsv.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/plan/handling_words.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// What the goods of an order mean for how it travels, from the item master.
struct GoodsFacts {
    std::set<std::string> temperatures;  // "ambient", "chilled", "frozen"
    bool fits_mailbox = false;           // all of it together, by size and weight; see carrier_limits.hpp
};

/// Instead of a flag: the buyer asks to cancel or change the order, and a person decides (E-REMARK).
inline constexpr std::string_view asks_for_a_person = "?";

/// Why an order has a flag: which text or field said so, and by which word of the table.
struct HandlingReason {
    std::string flag;
    std::string source;  // the column's name, or "goods", "address", "order"
    std::string word;    // of the table; empty when a field alone says it
    bool operator==(const HandlingReason&) const = default;
};

struct Handling {
    std::set<std::string> flags;
    std::vector<HandlingReason> reasons;
    bool needs_reading = false;  // the buyer wrote something that no rule understands
};

Handling handling_of(const ReceivedOrder& order, const GoodsFacts& goods, const WordTable& words,
                     const Nfkc& nfkc);

/// How a flag is called and what a person does about it, in both languages.
struct FlagText {
    std::string flag, ja, en, do_ja, do_en;
};
/// Reads assets/handling/flags.tsv. Errors: corrupt (a line with another number of columns).
Result<std::vector<FlagText>> read_flag_texts(std::string_view tsv);

}  // namespace kenpin::plan
