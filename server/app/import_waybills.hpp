#pragma once
// A carrier's return file (先出し): numbers are bound to the shipments that asked for them.
#include "server/app/deciding.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// A file that is not one is refused as a whole.
web::ImportAnswer import_waybills(const Deciding& deciding, const web::ImportFile& file);

}  // namespace kenpin::app
