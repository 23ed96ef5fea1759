#pragma once
// Order files that were taken in, whoever brought them.
#include <string>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"

namespace kenpin::store {

/// A file of this content was noted before, under whatever name.
bool is_order_file_noted(sqlite::Tx& tx, const SiteId& site, const std::string& content_hash);

}  // namespace kenpin::store
