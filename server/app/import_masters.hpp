#pragma once
// Reference tables: a file replaces its table. Records with a fault are refused by name and left out.
#include "server/app/deciding.hpp"
#include "server/plan/table.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// `table` is one of items, barcodes, shop_items, locations, workers, totes, stations, printers, shops,
/// carriers.
web::ImportAnswer import_master(const Deciding& deciding, web::Table table, const plan::Table& rows);

}  // namespace kenpin::app
