#pragma once
// The proof that nobody changed an event afterwards: each row's hash covers all its fields and the hash of
// the row before it of the same (device, epoch); once a day one hash over all heads is kept (and printed or
// sent away), which fixes everything up to then.
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::store {

struct BrokenEvent {
    std::int64_t position;
    DeviceId device;
    Seq seq;
    std::string what;  // "changed" | "seq_missing" | "chain_broken" | "end_missing"
};
struct BrokenDay {
    Day day;
};
struct ChainReport {
    std::int64_t events = 0;
    std::vector<BrokenEvent> broken;
    std::vector<BrokenDay> broken_days;
    bool is_whole() const { return broken.empty() && broken_days.empty(); }
};

/// Reads every event of the site and names each that does not fit its hash, its neighbour or its device's
/// cursor.
ChainReport verify_chain(sqlite::Tx& tx, const SiteId& site);

/// The hash over the newest hash of every (device, epoch), as of `upto_position`.
std::string head_of_heads(sqlite::Tx& tx, const SiteId& site, std::int64_t upto_position);
/// Keeps the day's head; the first one of a day stands. Answers it.
std::string keep_day_head(sqlite::Tx& tx, const SiteId& site, Day day);

}  // namespace kenpin::store
