#pragma once
// Order files that were taken in, whoever brought them.
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::store {

/// A file of this content was noted before, under whatever name.
bool is_order_file_noted(sqlite::Tx& tx, const SiteId& site, const std::string& content_hash);

/// One file as it came in for the first time. `unchanged`: orders that were here already, of which `released`
/// are paid now; of the refused `held` wait, the rest was rejected.
struct OrderFileRow {
    ShopId shop{};  // empty: nobody knows
    std::string file{};
    int taken = 0, unchanged = 0, refused = 0, held = 0, released = 0;
    Instant came_at{};
};
/// What is empty narrows nothing.
struct OrderFileFilter {
    std::string shop{};
    std::optional<Day> day{};
    int limit = 100;
};
/// Newest first.
std::vector<OrderFileRow> order_files(sqlite::Tx& tx, const SiteId& site, const OrderFileFilter& filter);

}  // namespace kenpin::store
