#pragma once
// Stock as a file brings it: the opening count of a site.
#include "server/app/deciding.hpp"
#include "server/plan/table.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// Receives the rows ("opening") and allocates what waited for them. The same file once more would receive
/// its goods twice, so it is refused as a whole while the site has stock: differences are adjustments.
web::ImportAnswer import_stock(const Deciding& deciding, const plan::Table& table);

}  // namespace kenpin::app
