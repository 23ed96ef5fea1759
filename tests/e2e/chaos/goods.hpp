#pragma once
// The warehouse of a chaos run as its files say it, and orders for it: invented, the same for one seed.
#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/floor/floor.hpp"
#include "tests/sim/chance.hpp"

namespace kenpin::chaos {

inline constexpr const char* shop = "HONTEN";  // 自社印字: its numbers are known when work starts
inline constexpr const char* shop_key = "chaos-key-of-a-shop";  // of its API
inline constexpr int totes = 9'999;

/// Pickers first, then packers.
std::vector<floor::StationPlan> stations(int pickers, int packers);
/// The master tables for these, into `folder`.
void write_masters(const std::filesystem::path& folder, const std::vector<floor::StationPlan>& stations);
/// The body of the `nth` order (from 1), as the shop's system sends it.
std::string order_json(int nth, sim::Chance& chance);
/// A code of goods that this warehouse has; any of them.
std::string any_goods_code(sim::Chance& chance);

}  // namespace kenpin::chaos
