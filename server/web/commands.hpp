#pragma once
// Saying something to stations through the API: a message to workers, papers that are wanted now.
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

std::vector<Route> command_routes(Desk& desk);

}  // namespace kenpin::web
