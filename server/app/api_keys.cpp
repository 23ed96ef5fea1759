#include "server/app/api_keys.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <sstream>

#include "adaptors/crypto/crypto.hpp"
#include "server/app/keys.hpp"
#include "server/store/masters.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t secret_bytes = 24;

bool is_known(const Deciding& deciding, const ShopId& shop) {
    const auto shops = store::shops(deciding.tx, deciding.site.site);
    return std::any_of(shops.begin(), shops.end(), [&](const auto& row) { return row.shop == shop; });
}

std::vector<std::string> scope_names(const std::set<web::KeyScope>& scopes) {
    std::vector<std::string> names;
    for (const auto scope : scopes) names.emplace_back(web::name(scope));
    return names;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
}

}  // namespace

std::string key_name(std::int64_t number) {
    char text[24];
    std::snprintf(text, sizeof text, "K%04lld", static_cast<long long>(number));
    return text;
}

std::optional<std::int64_t> key_number(const std::string& name) {
    std::int64_t number = 0;
    if (name.size() < 2 || name.front() != 'K') return std::nullopt;
    const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
    if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
    return number;
}

Result<web::MadeKey> make_api_key(const Deciding& deciding, const web::NewKey& wanted,
                                  const std::string& by) {
    if (wanted.shop && !is_known(deciding, *wanted.shop)) return Error{Error::Kind::refused, "unknown shop"};
    const auto& site = deciding.site.site;
    const auto number = store::next_api_key(deciding.tx, site);
    const Private<std::string> secret("kp_" + crypto::random_hex(secret_bytes));
    const auto scopes = scope_names(wanted.scopes);
    store::put_api_key(deciding.tx, site,
                       {.number = number,
                        .name = wanted.name,
                        .shop = wanted.shop,
                        .scopes = joined(scopes),
                        .hash = hash_of_key(secret.reveal()),
                        .made_at = deciding.now});
    deciding.decide(
        protocol::ApiKeyMade{key_name(number), wanted.name, wanted.shop.value_or(ShopId{}), scopes, by});
    return web::MadeKey{key_name(number), secret};
}

Result<web::KeyView> revoke_api_key(const Deciding& deciding, const std::string& key, const std::string& by) {
    const auto& site = deciding.site.site;
    const auto number = key_number(key);
    if (number && store::revoke_api_key(deciding.tx, site, *number, deciding.now))
        deciding.decide(protocol::ApiKeyRevoked{key_name(*number), by});
    for (const auto& row : store::api_keys(deciding.tx, site))
        if (row.number == number) return to_view(row);
    return Error{Error::Kind::not_found, "api key"};
}

web::KeyView to_view(const store::ApiKeyRow& row) {
    web::KeyView view{.key = key_name(row.number),
                      .name = row.name,
                      .shop = row.shop,
                      .made_at = row.made_at,
                      .revoked_at = row.revoked_at};
    std::istringstream names(row.scopes);
    for (std::string name; names >> name;)
        if (const auto scope = web::scope_from_name(name)) view.scopes.insert(*scope);
    return view;
}

}  // namespace kenpin::app
