#include "server/store/chain.hpp"

#include <map>
#include <tuple>

#include "adaptors/crypto/crypto.hpp"
#include "server/store/backups.hpp"
#include "server/store/event_rows.hpp"

namespace kenpin::store {
namespace {

constexpr int page = 1'000;  // events read at a time

using Chain = std::pair<DeviceId, Epoch>;
struct Head {
    Seq seq;
    std::string hash;
};
using Heads = std::map<Chain, Head>;

std::optional<std::string> fault_in(const SiteId& site, const EventRow& row, const Head& before) {
    if (row.seq.value != before.seq.value + 1) return "seq_missing";
    if (row.prev_hash != before.hash) return "chain_broken";
    if (row.hash != hash_of(site, row)) return "changed";
    return std::nullopt;
}

// What was lost with an older copy is written down, so the device's next event may follow behind it.
void pass_over_lost(Heads& heads, const EventRow& row) {
    if (row.kind != protocol::EventsLost::kind) return;
    const auto body = protocol::body_from_json(row.kind, row.payload);
    const auto* lost = body ? std::get_if<protocol::EventsLost>(&body.value()) : nullptr;
    if (lost == nullptr) return;
    auto& head = heads[{lost->device, lost->epoch}];
    if (lost->first.value == head.seq.value + 1) head.seq = lost->last;
}

template <class Visit>
void each_event(sqlite::Tx& tx, const SiteId& site, std::int64_t upto, const Visit& visit) {
    std::int64_t position = 0;
    while (true) {
        const auto rows =
            event_rows(tx, "site = ? AND position > ? AND position <= ? ORDER BY position LIMIT ?", site,
                       position, upto, page);
        for (const auto& row : rows) visit(row);
        if (rows.empty()) return;
        position = rows.back().position;
    }
}

// An event cut off at the end leaves no broken neighbour, but its cursor remembers it.
void compare_with_cursors(sqlite::Tx& tx, const SiteId& site, const Heads& heads, ChainReport& report) {
    for (const auto& [device, epoch, seq, hash] :
         tx.rows<DeviceId, Epoch, Seq, std::string>("SELECT device, epoch, last_seq, last_hash FROM "
                                                    "device_cursor WHERE site = ? ORDER BY device, epoch",
                                                    site)) {
        const auto found = heads.find({device, epoch});
        if (found == heads.end() || found->second.seq != seq || found->second.hash != hash)
            report.broken.push_back({0, device, seq, "end_missing"});
    }
}

std::string hash_over(const Heads& heads) {
    std::string text;
    for (const auto& [chain, head] : heads)
        text += chain.first.value + "\n" + std::to_string(chain.second.value) + "\n" +
                std::to_string(head.seq.value) + "\n" + head.hash + "\n";
    return crypto::hash(text);
}

void compare_with_days(sqlite::Tx& tx, const SiteId& site, ChainReport& report) {
    for (const auto& [day, upto, hash] : tx.rows<Day, std::int64_t, std::string>(
             "SELECT day, upto_position, hash FROM day_head WHERE site = ? ORDER BY day", site))
        if (head_of_heads(tx, site, upto) != hash) report.broken_days.push_back({day});
}

}  // namespace

ChainReport verify_chain(sqlite::Tx& tx, const SiteId& site) {
    ChainReport report;
    Heads heads;
    each_event(tx, site, newest_position(tx, site), [&](const EventRow& row) {
        ++report.events;
        auto& head = heads[{row.device, row.epoch}];
        if (const auto fault = fault_in(site, row, head))
            report.broken.push_back({row.position, row.device, row.seq, *fault});
        head = {row.seq, row.hash};
        pass_over_lost(heads, row);
    });
    compare_with_cursors(tx, site, heads, report);
    compare_with_days(tx, site, report);
    return report;
}

std::string head_of_heads(sqlite::Tx& tx, const SiteId& site, std::int64_t upto_position) {
    Heads heads;
    for (const auto& [device, epoch, seq, hash] : tx.rows<DeviceId, Epoch, Seq, std::string>(
             "SELECT device, epoch, seq, hash FROM event WHERE site = ? AND position IN "
             "(SELECT max(position) FROM event WHERE site = ? AND position <= ? GROUP BY device, epoch)",
             site, site, upto_position))
        heads[{device, epoch}] = {seq, hash};
    return hash_over(heads);
}

std::string keep_day_head(sqlite::Tx& tx, const SiteId& site, Day day) {
    const auto kept =
        tx.value<std::string>("SELECT hash FROM day_head WHERE site = ? AND day = ?", site, day);
    if (kept) return *kept;
    const auto upto = newest_position(tx, site);
    tx.run(
        "INSERT INTO day_head (site, day, upto_position, hash) VALUES (?, ?, ?, ?) ON CONFLICT (site, day) "
        "DO NOTHING",
        site, day, upto, head_of_heads(tx, site, upto));
    return tx.value<std::string>("SELECT hash FROM day_head WHERE site = ? AND day = ?", site, day)
        .value_or("");
}

}  // namespace kenpin::store
