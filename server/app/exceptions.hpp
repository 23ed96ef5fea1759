#pragma once
// What devices saw confirmed and had no effect: shown to a supervisor, settled by one.
#include <cstdint>
#include <vector>

#include "server/app/deciding.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

Result<std::vector<web::ExceptionView>> exception_views(sqlite::Tx& tx, const SiteId& site,
                                                        const web::Page& page);
/// Settled before: the first settling stands. Error{not_found}.
Result<web::ExceptionView> settle_exception(const Deciding& deciding, std::int64_t number,
                                            const web::Settling& settling);

}  // namespace kenpin::app
