#pragma once
// Orders for one person at one address, of every owner of the site, as the API shows them.
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "server/app/settings.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// Across the shops of one owner only where the site says so and the scope is no single shop's.
std::vector<web::ConsolidationView> consolidations(sqlite::Tx& tx, const SiteSettings& site,
                                                   const web::Scope& scope);

}  // namespace kenpin::app
