#pragma once
// Keys of the API: only the hash of each secret. Rows beside the events, as other reference rows: that a key
// was made or revoked, and by whom, stands in the chain (api_key_made, api_key_revoked).
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::store {

struct ApiKeyRow {
    std::int64_t number = 0;  // 1 ..; never given again
    std::string name{};
    std::optional<ShopId> shop{};
    std::string scopes{};  // "orders:read orders:write"
    std::string hash{};    // of the secret
    Instant made_at{};
    std::optional<Instant> revoked_at{};
};

std::int64_t next_api_key(sqlite::Tx& tx, const SiteId& site);
void put_api_key(sqlite::Tx& tx, const SiteId& site, const ApiKeyRow& row);
/// False: there is no such key, or it was revoked before.
bool revoke_api_key(sqlite::Tx& tx, const SiteId& site, std::int64_t number, Instant now);
/// All that were ever made, in the order of their numbers.
std::vector<ApiKeyRow> api_keys(sqlite::Tx& tx, const SiteId& site);

}  // namespace kenpin::store
