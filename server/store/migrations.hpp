#pragma once
// The store's tables, as numbered migrations. One SQL text for SQLite and PostgreSQL: BIGINT and TEXT only.
// Four families:
//   truth        event, device_cursor, day_head, opening          append-only; the rest can be made from it
//   projections  projection_tables()                              written by project() alone, made anew by
//   rebuild() reference    item, location, worker, shop …                   replaced by an import, which is
//   an event sealed       buyer_text, received_file                        personal data under a key each;
//   erased by key
// Keys begin with site, then owner where a row has one. An absent text is '', an absent number 0 where 0
// means none.
#include <span>
#include <string>
#include <vector>

#include "adaptors/sqlite/migrate.hpp"

namespace kenpin::store {

std::span<const sqlite::Migration> migrations();

struct Table {
    std::string name;
    std::vector<std::string> columns;  // in the order of their CREATE TABLE
};

/// Every table that is a fold over the events.
const std::vector<Table>& projection_tables();

}  // namespace kenpin::store
