#pragma once
// What waits on the floor beside the walks and the benches: pull out void waybills, put goods back, look at
// shelves that were short.
#include "server/app/deciding.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

web::FloorTasks floor_tasks(sqlite::Tx& tx, const SiteId& site);
/// A waybill that was scanned to be destroyed. Error{not_found}: no waybill of this site; Error{refused}: a
/// living one, it goes back onto its pile.
Result<web::PullOutView> pull_out(const Deciding& deciding, const std::string& code, const std::string& by);
web::PutBackAnswer put_back(const Deciding& deciding, const plan::PutBackScan& scan, const std::string& by);
/// Error{not_found}: it is not blocked.
Outcome free_shelf(const Deciding& deciding, const web::ShelfOfItem& shelf, const std::string& by);

}  // namespace kenpin::app
