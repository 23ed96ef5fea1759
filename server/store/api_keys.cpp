#include "server/store/api_keys.hpp"

namespace kenpin::store {

std::int64_t next_api_key(sqlite::Tx& tx, const SiteId& site) {
    return tx.value<std::int64_t>("SELECT COALESCE(MAX(number), 0) + 1 FROM api_key WHERE site = ?", site)
        .value_or(1);
}

void put_api_key(sqlite::Tx& tx, const SiteId& site, const ApiKeyRow& row) {
    tx.run(
        "INSERT INTO api_key (site, number, name, shop, scopes, hash, made_ms, revoked_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        site, row.number, row.name, row.shop, row.scopes, row.hash, row.made_at, row.revoked_at);
}

bool revoke_api_key(sqlite::Tx& tx, const SiteId& site, std::int64_t number, Instant now) {
    return tx.run("UPDATE api_key SET revoked_ms = ? WHERE site = ? AND number = ? AND revoked_ms IS NULL",
                  now, site, number) > 0;
}

std::vector<ApiKeyRow> api_keys(sqlite::Tx& tx, const SiteId& site) {
    std::vector<ApiKeyRow> rows;
    for (auto& [number, name, shop, scopes, hash, made_at, revoked_at] :
         tx.rows<std::int64_t, std::string, std::optional<ShopId>, std::string, std::string, Instant,
                 std::optional<Instant>>(
             "SELECT number, name, shop, scopes, hash, made_ms, revoked_ms FROM api_key WHERE site = ? "
             "ORDER BY number",
             site))
        rows.push_back({number, name, shop, scopes, hash, made_at, revoked_at});
    return rows;
}

}  // namespace kenpin::store
