#include "server/store/order_file_rows.hpp"

namespace kenpin::store {

bool is_order_file_noted(sqlite::Tx& tx, const SiteId& site, const std::string& content_hash) {
    return tx
        .value<std::int64_t>("SELECT position FROM order_file WHERE site = ? AND content_hash = ?", site,
                             content_hash)
        .has_value();
}

}  // namespace kenpin::store
