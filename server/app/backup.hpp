#pragma once
// Backups of the database, made while the floor works, and the way back. What a backup holds is an event, so
// that devices may let go of what is in it (docs/protocol/sync.md). The key that opens buyers' texts is not
// in it: keep a copy of key_file elsewhere. PostgreSQL has tools of its own: what they made is noted here by
// hand.
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace kenpin::app {

struct MadeBackup {
    std::filesystem::path file;
    std::int64_t upto = 0;  // position of the newest event in it
};

/// "kenpin-20261128-0200.db" and what else of its kind lies there, "-2" for the second of a minute.
std::filesystem::path backup_file(const std::filesystem::path& folder, Instant now);
/// Copies the database at `url` into a new file of `folder`, proves that the copy opens and that its chain of
/// events is whole, and makes it durable under its name. Nothing half-done stays. Takes seconds; any thread.
/// Errors: refused (PostgreSQL), unreachable, full, corrupt.
Result<MadeBackup> make_backup(const std::string& url, const SiteId& site,
                               const std::filesystem::path& folder, Instant now);
/// Removes all but the newest `keep` backups of `folder`; other files stay.
Outcome keep_newest_backups(const std::filesystem::path& folder, int keep);

struct Restored {
    std::int64_t upto = 0;              // position of the newest event
    std::filesystem::path set_aside{};  // where the database that was there lies now; empty: there was none
};
/// Puts the backup in place of the SQLite database at `database`, while no server runs; that one is set
/// aside, never deleted. Where the file of given numbers is not there, numbers go on far behind those of the
/// backup. Errors: not_found, corrupt (the backup is not whole), busy (a server runs), full, unreachable.
Result<Restored> restore_backup(const std::filesystem::path& backup, const std::filesystem::path& database,
                                const std::filesystem::path& numbers_file, const SiteId& site);

}  // namespace kenpin::app
