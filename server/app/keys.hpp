#pragma once
// Who a caller of the API is. Only hashes of keys are kept; comparing takes the same time wherever they
// differ, and every known key is compared, so that the time does not tell which shop exists.
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "server/app/settings.hpp"
#include "server/web/access.hpp"
#include "server/web/http.hpp"

namespace kenpin::app {

struct ShopKey {
    ShopId shop;
    std::string key_hash;
};
struct Keys {
    std::string admin_hash;
    std::vector<ShopKey> shops;
    std::vector<std::pair<DeviceId, std::string>> devices;  // hash of the password
};

/// As it is kept in the shop's row.
std::string hash_of_key(const std::string& key);
std::vector<std::pair<DeviceId, std::string>> device_hashes(const Accounts& accounts);

web::Caller identify(const Keys& keys, const web::Credentials& credentials);

}  // namespace kenpin::app
