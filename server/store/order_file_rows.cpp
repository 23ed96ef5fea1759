#include "server/store/order_file_rows.hpp"

#include <chrono>
#include <cstdint>

namespace kenpin::store {

bool is_order_file_noted(sqlite::Tx& tx, const SiteId& site, const std::string& content_hash) {
    return tx
        .value<std::int64_t>("SELECT position FROM order_file WHERE site = ? AND content_hash = ?", site,
                             content_hash)
        .has_value();
}

std::vector<OrderFileRow> order_files(sqlite::Tx& tx, const SiteId& site, const OrderFileFilter& filter) {
    std::int64_t from = 0, until = INT64_MAX;
    if (filter.day) {
        const Instant midnight{
            std::chrono::duration_cast<Millis>(filter.day->time_since_epoch() - japan_offset)};
        from = to_ms(midnight);
        until = to_ms(midnight + std::chrono::days{1});
    }
    const std::string sql =
        "SELECT shop, file, taken, unchanged, refused, held, released, came_ms FROM order_file WHERE site = "
        "? AND "
        "came_ms >= ? AND came_ms < ? ";
    const std::string newest = "ORDER BY position DESC LIMIT ?";
    const auto rows_of = [&](const auto& last, const auto&... arguments) {
        return tx.rows<ShopId, std::string, int, int, int, int, int, Instant>(last, site, from, until,
                                                                              arguments...);
    };
    std::vector<OrderFileRow> files;
    for (auto& [shop, file, taken, unchanged, refused, held, released, at] :
         filter.shop.empty() ? rows_of(sql + newest, filter.limit)
                             : rows_of(sql + "AND shop = ? " + newest, filter.shop, filter.limit))
        files.push_back({shop, std::move(file), taken, unchanged, refused, held, released, at});
    return files;
}

}  // namespace kenpin::store
