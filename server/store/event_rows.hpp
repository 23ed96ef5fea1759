#pragma once
// How an event lies in its row, and what is hashed of it. Used by events.cpp, chain.cpp and rebuild.cpp only.
#include <string>
#include <tuple>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "server/store/events.hpp"

namespace kenpin::store {

struct EventRow {
    std::int64_t position = 0;
    DeviceId device;
    Epoch epoch;
    Seq seq;
    std::string kind, payload, worker, scanner;
    Instant device_time, server_time;
    std::string prev_hash, hash;
    std::int64_t projected =
        0;  // 0: stored as it came and without effect; not part of the fact, so not hashed
};

/// Rows for `where` (which begins with "site = ?" and orders them), read with `params`.
template <class... Params>
std::vector<EventRow> event_rows(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    return tx.structs<EventRow, std::int64_t, DeviceId, Epoch, Seq, std::string, std::string, std::string,
                      std::string, Instant, Instant, std::string, std::string, std::int64_t>(
        "SELECT position, device, epoch, seq, kind, payload, worker, scanner, device_ms, server_ms, "
        "prev_hash, hash, projected"
        " FROM event WHERE " +
            where,
        params...);
}

/// Hash of a row over the hash before it and every field, none of which can run into its neighbour.
std::string hash_of(const SiteId& site, const EventRow& row);

/// The event in a row. One that could not be read when it came is UnknownKind still; a payload that had its
/// effect and is no event of its kind any more spoils `tx`.
StoredEvent to_event(sqlite::Tx& tx, const EventRow& row);

}  // namespace kenpin::store
