#pragma once
// What is safe in backups. Devices keep acknowledged events until one holds them (docs/adr/0005).
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::store {

struct BackupRow {
    std::string name;
    std::int64_t upto = 0;  // position of the newest event in it
    Instant made_at{};
};
/// Newest first, at most `limit`.
std::vector<BackupRow> backups(sqlite::Tx& tx, const SiteId& site, int limit);
/// Position of the newest event; 0: none.
std::int64_t newest_position(sqlite::Tx& tx, const SiteId& site);
/// The newest seq of (device, epoch) at a position up to `upto`; 0: none.
Seq seq_at(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Epoch epoch, std::int64_t upto);

}  // namespace kenpin::store
