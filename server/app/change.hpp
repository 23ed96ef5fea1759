#pragma once
// The shop says an order anew: address, lines. The answer stands at once; the rule is in
// server/plan/change.hpp.
#include "server/app/deciding.hpp"
#include "server/app/imports.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// `json`: the order as it is to be now, as for POST /api/v1/orders, under the same number. What cannot be
/// taken changes nothing. Error{not_found}: not there or not in the scope.
Result<web::ChangeAnswer> change_order(const Deciding& deciding, const ImportTools& tools,
                                       const web::Scope& scope, const web::ChangeOrder& wanted);

}  // namespace kenpin::app
