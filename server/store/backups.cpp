#include "server/store/backups.hpp"

namespace kenpin::store {

std::vector<BackupRow> backups(sqlite::Tx& tx, const SiteId& site, int limit) {
    return tx.structs<BackupRow, std::string, std::int64_t, Instant>(
        "SELECT name, upto, made_ms FROM backup WHERE site = ? ORDER BY position DESC LIMIT ?", site, limit);
}

std::int64_t newest_position(sqlite::Tx& tx, const SiteId& site) {
    return tx.value<std::int64_t>("SELECT coalesce(max(position), 0) FROM event WHERE site = ?", site)
        .value_or(0);
}

Seq seq_at(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Epoch epoch, std::int64_t upto) {
    return tx
        .value<Seq>(
            "SELECT coalesce(max(seq), 0) FROM event WHERE site = ? AND device = ? AND epoch = ? AND "
            "position "
            "<= ?",
            site, device, epoch, upto)
        .value_or(Seq{0});
}

}  // namespace kenpin::store
