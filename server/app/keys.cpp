#include "server/app/keys.hpp"

#include "adaptors/crypto/crypto.hpp"

namespace kenpin::app {

std::string hash_of_key(const std::string& key) {
    return crypto::hash("api key:" + key);
}

std::vector<std::pair<DeviceId, std::string>> device_hashes(const Accounts& accounts) {
    std::vector<std::pair<DeviceId, std::string>> hashes;
    for (const auto& [name, password] : accounts)
        hashes.emplace_back(DeviceId{name}, hash_of_key(password.reveal()));
    return hashes;
}

web::Caller identify(const Keys& keys, const web::Credentials& credentials) {
    web::Caller caller;
    if (credentials.secret.empty()) return caller;
    const auto given = hash_of_key(credentials.secret);
    if (credentials.is_basic) {
        for (const auto& [device, hash] : keys.devices)
            if (crypto::is_same_secret(hash, given) && device.value == credentials.user)
                caller.device = device;
        return caller;
    }
    caller.is_admin = crypto::is_same_secret(keys.admin_hash, given);
    for (const auto& shop : keys.shops)
        if (!shop.key_hash.empty() && crypto::is_same_secret(shop.key_hash, given)) caller.shop = shop.shop;
    return caller;
}

}  // namespace kenpin::app
