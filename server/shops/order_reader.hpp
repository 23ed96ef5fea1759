#pragma once
// One order out of its rows. Everything that can be read is read, also from a damaged record: the rules of
// individual handling and the person who corrects the order want it.
#include <string>
#include <vector>

#include "server/plan/intake.hpp"
#include "server/plan/received_order.hpp"
#include "server/shops/row.hpp"

namespace kenpin::shops {

struct OrderRows {
    std::string number;
    std::vector<Row> heads;  // the order's own columns: at least one; the first counts
    std::vector<Row> lines;  // the same rows where a format has one file
};

struct OrderRead {
    plan::ReceivedOrder order;
    std::vector<plan::Problem> problems;  // it cannot be taken as it stands
    std::vector<std::string> notes;       // codes of what was put right or a person should know (W-…)
    std::vector<std::string> doubts;      // codes for which it is taken, but held
};

OrderRead read_order(const ShopProfile& profile, const OrderRows& rows);

}  // namespace kenpin::shops
