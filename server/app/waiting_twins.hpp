#pragma once
// Formats whose orders and lines come in two files (ShopProfile::lines_marks): what came alone waits in
// intake, and is read again as soon as the other file comes, however it comes.
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "server/app/deciding.hpp"
#include "server/shops/order_rows.hpp"
#include "server/shops/shop_file.hpp"
#include "server/shops/shop_profile.hpp"

namespace kenpin::app {

/// What an order without its lines waits with, and a line without its order.
inline constexpr const char* waits_for_lines = "E-LINES-FILE";
inline constexpr const char* waits_for_order = "E-ORDER-FILE";

/// A record that waits, as a file again. Rows of `file` point into `bytes`.
struct WaitingTwin {
    std::int64_t position = 0;  // of its row in intake
    std::string number;         // of the order it speaks of
    std::unique_ptr<std::string> bytes;
    shops::OpenFilePtr file;
};
/// Oldest first. What cannot be read any more is left out: it goes on waiting.
std::vector<WaitingTwin> waiting_twins(const Deciding& deciding, const crypto::Key& key, const ShopId& shop,
                                       const shops::ShopProfile& profile, const std::string& waits_with);

/// Which records in intake are settled when an order of that number is read whole.
using TwinPositions = std::multimap<std::string, std::int64_t>;
/// Settles those that still wait.
void settle_twins(const Deciding& deciding, const TwinPositions& twins, const std::string& number);

}  // namespace kenpin::app
