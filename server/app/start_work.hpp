#pragma once
// 出荷作業開始 as the writer does it: due shipments get shelves, numbers, carts and lists.
#include "server/app/deciding.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// Starts what is due and able; what is due and waits is answered with its reason. Error{refused}: no bench
/// is known.
web::StartAnswer start_work(const Deciding& deciding, const web::StartWork& wanted);

}  // namespace kenpin::app
