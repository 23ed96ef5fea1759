#include "server/store/settings.hpp"

namespace kenpin::store {

std::optional<std::string> setting(sqlite::Tx& tx, const SiteId& site, const std::string& name) {
    return tx.value<std::string>("SELECT value FROM site_setting WHERE site = ? AND name = ?", site, name);
}

void set_setting(sqlite::Tx& tx, const SiteId& site, const std::string& name, const std::string& value) {
    tx.run(
        "INSERT INTO site_setting (site, name, value) VALUES (?, ?, ?) "
        "ON CONFLICT (site, name) DO UPDATE SET value = excluded.value",
        site, name, value);
}

}  // namespace kenpin::store
