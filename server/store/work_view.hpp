#pragma once
// What plan::judge_device_event() looks at, read from the projections alone: no codes of goods and no
// settings of the site, so that an event folds the same whenever it is folded.
#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "server/plan/judge_device_event.hpp"

namespace kenpin::store {

plan::WorkView work_view(sqlite::Tx& tx, const SiteId& site, const protocol::Body& body);

}  // namespace kenpin::store
