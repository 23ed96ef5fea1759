#pragma once
// Keys of the API as the writer makes and revokes them.
#include "core/base/result.hpp"
#include "server/app/deciding.hpp"
#include "server/store/api_keys.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// "K0003" and back; nothing: not a number of a key.
std::string key_name(std::int64_t number);
std::optional<std::int64_t> key_number(const std::string& name);

/// Errors: refused (the shop is not in the master).
Result<web::MadeKey> make_api_key(const Deciding& deciding, const web::NewKey& wanted, const std::string& by);
/// Errors: not_found.
Result<web::KeyView> revoke_api_key(const Deciding& deciding, const std::string& key, const std::string& by);
web::KeyView to_view(const store::ApiKeyRow& row);

}  // namespace kenpin::app
