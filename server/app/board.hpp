#pragma once
// The board's figures from the database, and who is present.
#include "adaptors/sqlite/database.hpp"
#include "server/app/settings.hpp"
#include "server/sync/leases.hpp"
#include "server/web/board.hpp"

namespace kenpin::app {

web::Board read_board(sqlite::Tx& tx, const SiteSettings& site, Instant now);
/// Marks which stations are online; one without a row is shown too.
void show_presences(web::Board& board, const sync::Presences& presences);

}  // namespace kenpin::app
