#pragma once
// Backups through the API: what there is, make one now, note one that other tools made.
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

std::vector<Route> backup_routes(Desk& desk);

}  // namespace kenpin::web
