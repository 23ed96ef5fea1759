#pragma once
// A look into an order file before it is taken: which format it is, and whether it waits for a second file.
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "server/app/intake_rules.hpp"

namespace kenpin::app {

struct OrderFileHead {
    std::string format;               // ShopProfile::name
    bool has_twin = false;            // orders and their lines stand in files of their own
    bool is_lines = false;            // this is the one with the lines
    std::set<std::string> numbers{};  // of the orders it speaks of; only where it has a twin
};
/// `bytes` as they came, packed or not. Nothing: no format that we know.
std::optional<OrderFileHead> head_of(std::string_view bytes, const IntakeRules& rules);

}  // namespace kenpin::app
