#pragma once
// All that the rules of the floor find out about a received order before it is judged: what needs special
// handling, what stops it, what a person should know. One call, so that file, API and typed-in orders are
// looked at alike.
#include <set>
#include <string>
#include <vector>

#include "server/plan/address_check.hpp"
#include "server/plan/address_check_text.hpp"
#include "server/plan/carrier_days.hpp"
#include "server/plan/carrier_limits.hpp"
#include "server/plan/handling.hpp"

namespace kenpin::plan {

/// The tables of assets/, read once. Do not change; any thread may read them.
struct FloorRules {
    WordTable words;
    std::vector<FlagText> flags;
    Matching matching;
    Postcodes postcodes;
    TextRulesOfCarriers texts;
    CarrierTables carriers;
    CarrierDaysTable days;
};

/// One line of the order, as the item master knows its goods.
struct GoodsLine {
    std::string temperature = "ambient";
    GoodsSize size;
};

struct OrderFindings {
    std::vector<std::string> doubts;  // codes for which it is taken, but held
    std::vector<std::string> notes;   // codes that only tell
    Handling handling;
    std::vector<TextFinding>
        texts;  // fields and proposals behind W-NONCP932 and the like: for a person's eyes
    std::vector<Carriage> carriages;  // how it can travel; empty when a doubt stands against every way
};

/// Which carriers the site uses (none: any that we know), and the day it is.
struct FindingsSite {
    std::set<CarrierId> carriers;
    Day today;
};

OrderFindings findings_of(const ReceivedOrder& order, const std::vector<GoodsLine>& goods,
                          const FloorRules& rules, const FindingsSite& site);

}  // namespace kenpin::plan
