#pragma once
// Stepping in through the API: a shop or a supervisor cancels, a supervisor takes a list back, looks at
// exceptions and settles them.
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

std::vector<Route> supervision_routes(Desk& desk);

}  // namespace kenpin::web
