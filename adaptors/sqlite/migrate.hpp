#pragma once
// Numbered migrations: each is applied once, in order, in a transaction of its own, and recorded in table
// `migration`.
#include <span>

#include "adaptors/sqlite/database.hpp"
#include "core/base/result.hpp"

namespace kenpin::sqlite {

struct Migration {
    int number;        // 1, 2, 3, … without gaps
    const char* name;  // what it brings, for the record
    const char* sql;   // statements ended by `;` (none inside quotes)
};

/// Brings `database` to the last of `migrations`; already there: nothing happens.
/// Errors: refused when the database is newer than the program, or knows a number under another name.
Outcome migrate(Database& database, std::span<const Migration> migrations);

/// Number of the newest migration applied; 0 for an empty database.
Result<int> schema_version(Database& database);

}  // namespace kenpin::sqlite
