#pragma once
// The routes of changes to orders and of what waits on the floor after them: waybills to pull out, goods to
// put back, shelves that were short.
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

std::vector<Route> floor_task_routes(Desk& desk);

}  // namespace kenpin::web
