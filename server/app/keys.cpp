#include "server/app/keys.hpp"

#include <algorithm>

#include "adaptors/crypto/crypto.hpp"
#include "server/app/api_keys.hpp"

namespace kenpin::app {
namespace {

web::Caller device_of(const Keys& keys, const std::string& user, const std::string& hash) {
    web::Caller caller;
    for (const auto& [device, known] : keys.devices)
        if (crypto::is_same_secret(known, hash) && device.value == user) caller.device = device;
    return caller;
}

}  // namespace

std::string hash_of_key(const std::string& key) {
    return crypto::hash("api key:" + key);
}

std::vector<std::pair<DeviceId, std::string>> device_hashes(const Accounts& accounts) {
    std::vector<std::pair<DeviceId, std::string>> hashes;
    for (const auto& [name, password] : accounts)
        hashes.emplace_back(DeviceId{name}, hash_of_key(password.reveal()));
    return hashes;
}

KnownKey admin_key(const std::string& secret) {
    return {{.key = "admin", .scopes = {web::KeyScope::admin}}, hash_of_key(secret)};
}

std::optional<KnownKey> key_of(const store::ShopRow& shop) {
    if (shop.api_key_hash.empty()) return std::nullopt;
    using enum web::KeyScope;
    return KnownKey{{.key = "shop:" + shop.shop.value,
                     .scopes = {orders_write, orders_read, reports_read},
                     .shop = shop.shop},
                    shop.api_key_hash};
}

std::optional<KnownKey> key_of(const store::ApiKeyRow& row) {
    if (row.revoked_at) return std::nullopt;
    const auto view = to_view(row);
    return KnownKey{{.key = view.key, .scopes = view.scopes, .shop = view.shop}, row.hash};
}

void give_gates(std::vector<KnownKey>& keys, const std::vector<KnownKey>& before, const web::Rate& rate) {
    for (auto& key : keys) {
        const auto known = std::find_if(before.begin(), before.end(), [&](const KnownKey& other) {
            return other.caller.key == key.caller.key;
        });
        key.caller.gate = known != before.end() ? known->caller.gate : std::make_shared<web::Gate>(rate);
    }
}

web::Caller identify(const Keys& keys, const web::Credentials& credentials) {
    web::Caller caller;
    if (credentials.secret.empty()) return caller;
    const auto given = hash_of_key(credentials.secret);
    if (credentials.is_basic) return device_of(keys, credentials.user, given);
    for (const auto& known : keys.bearer)
        if (crypto::is_same_secret(known.hash, given)) caller = known.caller;
    return caller;
}

}  // namespace kenpin::app
