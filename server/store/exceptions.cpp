#include "server/store/exceptions.hpp"

#include <algorithm>
#include <utility>

#include "core/base/overloaded.hpp"
#include "server/store/event_rows.hpp"
#include "server/store/projection.hpp"

namespace kenpin::store {
namespace {

constexpr int newest_looked_at = 1'000;  // events of one list or shipment

template <class E>
bool is_same_work(const E& a, const E& b) {
    if constexpr (requires { a.list, a.line; })
        return a.list == b.list && a.line == b.line;
    else if constexpr (requires { a.list, a.slot; })
        return a.list == b.list && a.slot == b.slot;
    else if constexpr (requires { a.shipment, a.line; })
        return a.shipment == b.shipment && a.line == b.line;
    else if constexpr (std::is_same_v<E, protocol::PieceClosed>)
        return a.shipment == b.shipment && a.piece == b.piece;
    else if constexpr (std::is_same_v<E, protocol::ListFinished>)
        return a.list == b.list;
    else
        return false;  // it may be told any number of times
}

bool is_same_work(const protocol::Body& a, const protocol::Body& b) {
    return std::visit(Overloaded{[]<class E>(const E& x, const E& y) { return is_same_work<E>(x, y); },
                                 [](const auto&, const auto&) { return false; }},
                      a, b);
}

// Earlier events of the same kind about the same list or shipment that took effect, newest first.
std::vector<EventRow> earlier(sqlite::Tx& tx, const SiteId& site, const StoredEvent& late) {
    const auto subjects = subjects_of(late.event.body);
    if (subjects.empty()) return {};
    const auto list = std::find_if(subjects.begin(), subjects.end(),
                                   [](const auto& subject) { return subject.first == "list"; });
    const auto& [kind, id] = list != subjects.end() ? *list : subjects.front();
    return event_rows(tx,
                      "site = ? AND kind = ? AND position < ? AND position IN (SELECT position FROM "
                      "event_subject WHERE site = ? AND kind = ? AND id = ?) AND NOT EXISTS (SELECT 1 FROM "
                      "evidence e WHERE e.site = event.site AND e.device = event.device AND e.epoch = "
                      "event.epoch AND e.seq = event.seq) ORDER BY position DESC LIMIT ?",
                      site, std::string(protocol::kind_of(late.event.body)), late.position, site, kind, id,
                      newest_looked_at);
}

std::optional<protocol::DoneBefore> done_before(sqlite::Tx& tx, const SiteId& site, const StoredEvent& late) {
    for (const auto& row : earlier(tx, site, late)) {
        const auto before = to_event(tx, row);
        if (is_same_work(before.event.body, late.event.body))
            return protocol::DoneBefore{before.event.device, before.event.worker, before.server_time};
    }
    return std::nullopt;
}

template <class Id>
std::optional<Id> subject(const StoredEvent& stored, const char* kind) {
    for (const auto& [is, id] : subjects_of(stored.event.body))
        if (is == kind) return Id{id};
    return std::nullopt;
}

constexpr const char* columns =
    "SELECT position, reason, event_kind, device, epoch, seq, worker, list, shipment, kept_ms, done_device, "
    "done_worker, done_ms, state, settled_ms, settled_by, note, sku FROM exception_case WHERE site = ? AND ";

template <class... Params>
std::vector<ExceptionRow> rows_where(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    return tx.structs<ExceptionRow, std::int64_t, std::string, std::string, DeviceId, Epoch, Seq, std::string,
                      std::string, std::string, Instant, DeviceId, std::string, Instant, std::string, Instant,
                      std::string, std::string, Sku>(columns + where, params...);
}

std::optional<protocol::DoneBefore> done_of(const ExceptionRow& row) {
    if (row.done_device.value.empty()) return std::nullopt;
    const auto worker = row.done_worker.empty() ? std::nullopt : std::optional{WorkerId{row.done_worker}};
    return protocol::DoneBefore{row.done_device, worker, row.done_at};
}

}  // namespace

protocol::EvidenceKept evidence_of(sqlite::Tx& tx, const SiteId& site, const StoredEvent& late,
                                   const std::string& reason) {
    const auto& event = late.event;
    return {.device = event.device,
            .epoch = event.epoch,
            .seq = event.seq,
            .reason = reason,
            .what = std::string(protocol::kind_of(event.body)),
            .worker = event.worker,
            .list = subject<ListId>(late, "list"),
            .shipment = subject<ShipmentId>(late, "shipment"),
            .done = done_before(tx, site, late)};
}

std::vector<protocol::AckNote> notes_of(sqlite::Tx& tx, const SiteId& site, const DeviceId& device,
                                        Epoch epoch, Seq first, Seq last) {
    std::vector<protocol::AckNote> notes;
    for (const auto& row : rows_where(tx, "device = ? AND epoch = ? AND seq >= ? AND seq <= ? ORDER BY seq",
                                      site, device, epoch, first, last))
        notes.push_back({row.seq, row.reason, done_of(row)});
    return notes;
}

std::string cancel_answer(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    return tx
        .value<std::string>("SELECT answer FROM cancel_request WHERE site = ? AND shipment = ?", site,
                            shipment)
        .value_or("");
}

std::string cancel_asked_by(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    return tx
        .value<std::string>("SELECT asked_by FROM cancel_request WHERE site = ? AND shipment = ?", site,
                            shipment)
        .value_or("");
}

std::optional<ExceptionRow> exception_row(sqlite::Tx& tx, const SiteId& site, std::int64_t number) {
    auto rows = rows_where(tx, "position = ?", site, number);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

bool is_told_of_two(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Epoch later) {
    return !rows_where(tx, "device = ? AND reason = 'two_devices' AND (state = 'open' OR epoch = ?) LIMIT 1",
                       site, device, later)
                .empty();
}

std::vector<ExceptionRow> open_exceptions(sqlite::Tx& tx, const SiteId& site, std::int64_t after, int limit) {
    return rows_where(tx, "state = 'open' AND position > ? ORDER BY position LIMIT ?", site, after, limit);
}

}  // namespace kenpin::store
