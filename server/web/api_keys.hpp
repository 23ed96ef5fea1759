#pragma once
// Keys of the API (docs/api/keys.md): made, listed and revoked by the administrator. The secret is told once,
// in the answer to the call that made it.
#include <variant>
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

struct NoJson {};
/// What a body asks for, or what is wrong with it.
std::variant<NewKey, std::vector<Reason>, NoJson> parse_new_key(const std::string& body);

std::vector<Route> key_routes(Desk& desk);

}  // namespace kenpin::web
