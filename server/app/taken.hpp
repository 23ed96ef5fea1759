#pragma once
// From an order as a file says it to what the writer takes, and from the verdict to what is told of it.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "server/app/intake.hpp"
#include "server/app/intake_rules.hpp"
#include "server/plan/intake.hpp"
#include "server/shops/record_file.hpp"
#include "server/shops/shop_file.hpp"

namespace kenpin::app {

/// What became of one order, or of one record that is no order of its own (then `key` is empty).
struct Taken {
    std::string key{};     // "rakuten:298765-…"
    std::string number{};  // of the order it belongs to; empty: none, or none that may be told
    std::string file{};
    int record = 0;
    std::string outcome{};  // "accept" | "hold" | "reject" | "skip"
    std::vector<std::string> codes{}, handling{};
    std::vector<std::pair<Sku, Qty>> lines{};
    int shipments = 0;
    std::optional<Day> ship_day{};
    plan::Problem first_problem{};  // of a refused one
    bool has(std::string_view code) const {
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    }
};

/// What became of the orders of a file. Records that are no orders of their own and need nobody count
/// nowhere.
struct TakenCounts {
    int taken = 0, unchanged = 0, refused = 0;
    int held = 0;      // of the refused: they wait for a word or for another file
    int released = 0;  // of the unchanged: paid now
    void add(const Taken& one);
};

/// How a shop's format quotes.
shops::Quotes quotes_of(const shops::ShopProfile& profile);
/// Judged as far as that needs no database.
OrderToTake to_take(const shops::ShopProfile& profile, shops::ShopOrder order, const ShopAtHand& shop,
                    const IntakeRules& rules, Day today);
Taken taken_of(const plan::IntakeVerdict& verdict, const OrderToTake& order, const ShopAtHand& shop);

}  // namespace kenpin::app
