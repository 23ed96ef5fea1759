#pragma once
// Settings of the site that are changed in operation, by name ("ship_at_match", "waybill_contents", …).
#include <optional>
#include <string>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"

namespace kenpin::store {

std::optional<std::string> setting(sqlite::Tx& tx, const SiteId& site, const std::string& name);
void set_setting(sqlite::Tx& tx, const SiteId& site, const std::string& name, const std::string& value);

}  // namespace kenpin::store
