#pragma once
// Orders for one person at one address (おまとめ): which of them may leave as one shipment, and what keeps
// the others apart. Numbers of orders only, never whose they are. A key of one shop sees its own only.
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

std::vector<Route> consolidation_routes(Desk& desk);

}  // namespace kenpin::web
