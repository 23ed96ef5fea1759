#pragma once
// Who a caller of the API is. Only hashes of keys are kept; comparing takes the same time wherever they
// differ, and every known key is compared, so that the time does not tell which shop exists.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "server/app/settings.hpp"
#include "server/store/api_keys.hpp"
#include "server/store/masters.hpp"
#include "server/web/access.hpp"
#include "server/web/http.hpp"

namespace kenpin::app {

struct KnownKey {
    web::Caller caller;
    std::string hash;
};
struct Keys {
    std::vector<KnownKey> bearer;                           // keys that are sent as "Bearer …"
    std::vector<std::pair<DeviceId, std::string>> devices;  // hash of the password
};

/// As it is kept in the database.
std::string hash_of_key(const std::string& key);
std::vector<std::pair<DeviceId, std::string>> device_hashes(const Accounts& accounts);

/// The administrator's own key of the settings: everything, and never made to wait.
KnownKey admin_key(const std::string& secret);
/// The key in a shop's row of the master: orders and reports of that shop. Nothing: it has none.
std::optional<KnownKey> key_of(const store::ShopRow& shop);
/// Nothing: revoked.
std::optional<KnownKey> key_of(const store::ApiKeyRow& row);

/// Gives each key of `keys` its bucket: the one that it has in `before`, so that a new table is no new burst.
void give_gates(std::vector<KnownKey>& keys, const std::vector<KnownKey>& before, const web::Rate& rate);

web::Caller identify(const Keys& keys, const web::Credentials& credentials);

}  // namespace kenpin::app
