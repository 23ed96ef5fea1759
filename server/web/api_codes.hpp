#pragma once
// Codes that nobody knows (商品対応表): asked for and answered. A key of one shop sees and answers its own
// only.
#include <variant>
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

/// What a body says about a code, or what is wrong with it; nothing: it is no JSON object.
std::optional<std::variant<CodeMeaning, std::vector<Reason>>> parse_code_meaning(const std::string& body);

std::vector<Route> code_routes(Desk& desk);

}  // namespace kenpin::web
