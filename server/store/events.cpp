#include "server/store/events.hpp"

#include <algorithm>

#include "adaptors/crypto/crypto.hpp"
#include "core/base/check.hpp"
#include "server/store/event_rows.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/projection.hpp"

namespace kenpin::store {
namespace {

struct Cursor {
    Seq last;
    std::string hash;
};

Cursor cursor_of(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Epoch epoch) {
    const auto row = tx.row<Seq, std::string>(
        "SELECT last_seq, last_hash FROM device_cursor WHERE site = ? AND device = ? AND epoch = ?", site,
        device, epoch);
    return row ? Cursor{std::get<0>(*row), std::get<1>(*row)} : Cursor{Seq{0}, ""};
}

void move_cursor(sqlite::Tx& tx, const SiteId& site, const EventRow& row) {
    tx.run(
        "INSERT INTO device_cursor (site, device, epoch, last_seq, last_hash, last_server_ms) VALUES (?, ?, "
        "?, ?, ?, ?) "
        "ON CONFLICT (site, device, epoch) DO UPDATE SET last_seq = excluded.last_seq, "
        "last_hash = excluded.last_hash, last_server_ms = excluded.last_server_ms",
        site, row.device, row.epoch, row.seq, row.hash, row.server_time);
}

Appended compare_with_stored(sqlite::Tx& tx, const SiteId& site, const protocol::Event& event) {
    const auto stored = tx.row<std::string, std::string>(
        "SELECT kind, payload FROM event WHERE site = ? AND device = ? AND epoch = ? AND seq = ?", site,
        event.device, event.epoch, event.seq);
    const bool same = stored && std::get<0>(*stored) == protocol::kind_of(event.body) &&
                      std::get<1>(*stored) == protocol::body_to_json(event.body);
    if (same) return AlreadyThere{};
    return DifferentThere{};
}

// Not of a kind from the future, but of one that we know and with a field that is missing or wrong: a person
// should see it.
bool is_broken(const protocol::UnknownKind& unknown) {
    return unknown.kind.empty() || !protocol::body_from_json(unknown.kind, unknown.json);
}

std::int64_t next_position(sqlite::Tx& tx, const SiteId& site) {
    return tx.value<std::int64_t>("SELECT coalesce(max(position), 0) + 1 FROM event WHERE site = ?", site)
        .value_or(0);
}

EventRow row_for(const SiteId& site, const StoredEvent& stored, const std::string& prev_hash) {
    const auto& event = stored.event;
    EventRow row{stored.position,
                 event.device,
                 event.epoch,
                 event.seq,
                 std::string(protocol::kind_of(event.body)),
                 protocol::body_to_json(event.body),
                 event.worker.value_or(WorkerId{}).value,
                 event.scanner,
                 event.device_time,
                 stored.server_time,
                 prev_hash,
                 {},
                 0};
    row.hash = hash_of(site, row);
    return row;
}

void insert(sqlite::Tx& tx, const SiteId& site, const EventRow& row, bool projected) {
    tx.run(
        "INSERT INTO event (site, position, device, epoch, seq, kind, payload, worker, scanner, device_ms, "
        "server_ms, "
        "prev_hash, hash, projected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        site, row.position, row.device, row.epoch, row.seq, row.kind, row.payload, row.worker, row.scanner,
        row.device_time, row.server_time, row.prev_hash, row.hash, projected);
}

Appended append_by(sqlite::Tx& tx, const SiteId& site, const protocol::Event& event, Instant server_time,
                   const plan::SiteRules& rules) {
    const auto cursor = cursor_of(tx, site, event.device, event.epoch);
    if (event.seq <= cursor.last) return compare_with_stored(tx, site, event);
    if (event.seq.value != cursor.last.value + 1) return Gap{Seq{cursor.last.value + 1}};

    const StoredEvent stored{next_position(tx, site), event, server_time};
    const auto* unknown = std::get_if<protocol::UnknownKind>(&event.body);
    const auto row = row_for(site, stored, cursor.hash);
    insert(tx, site, row, unknown == nullptr);
    move_cursor(tx, site, row);
    if (unknown != nullptr) return New{stored.position, is_broken(*unknown) ? "unreadable" : "", {}};
    auto effect = project(tx, site, stored, rules);
    return New{stored.position, std::move(effect.no_effect_because), std::move(effect.followed_by)};
}

void add_field(std::string& text, std::string_view field) {
    text += std::to_string(field.size()) + ":" + std::string(field);
}

}  // namespace

std::string hash_of(const SiteId& site, const EventRow& row) {
    std::string text;
    for (const auto& field :
         {row.prev_hash, site.value, row.device.value, row.kind, row.payload, row.worker, row.scanner})
        add_field(text, field);
    for (const auto number :
         {row.position, row.epoch.value, row.seq.value, to_ms(row.device_time), to_ms(row.server_time)})
        add_field(text, std::to_string(number));
    return crypto::hash(text);
}

StoredEvent to_event(sqlite::Tx& tx, const EventRow& row) {
    auto body = protocol::body_from_json(row.kind, row.payload);
    if (!body && row.projected == 0) body = protocol::Body{protocol::UnknownKind{row.kind, row.payload}};
    if (!body) {
        tx.fail(Error{Error::Kind::corrupt,
                      "event " + std::to_string(row.position) + ": " + body.error().detail});
        return {};
    }
    std::optional<WorkerId> worker;
    if (!row.worker.empty()) worker = WorkerId{row.worker};
    return {row.position,
            {row.device, row.epoch, row.seq, row.device_time, worker, row.scanner, std::move(body).value()},
            row.server_time};
}

Appended append(sqlite::Tx& tx, const SiteId& site, const protocol::Event& event, Instant server_time) {
    return append_by(tx, site, event, server_time, {});
}

Appended take_event(sqlite::Tx& tx, const SiteId& site, const Author& server, const protocol::Event& event,
                    Instant now, const plan::SiteRules& rules) {
    auto appended = append_by(tx, site, event, now, rules);
    const auto* fresh = std::get_if<New>(&appended);
    if (fresh == nullptr) return appended;
    if (!fresh->no_effect_because.empty())
        decide(tx, site, server, now,
               evidence_of(tx, site, {fresh->position, event, now}, fresh->no_effect_because));
    for (const auto& body : fresh->followed_by) decide(tx, site, server, now, body, event.worker);
    return appended;
}

New decide(sqlite::Tx& tx, const SiteId& site, const Author& author, Instant now, protocol::Body body,
           std::optional<WorkerId> worker) {
    const auto last = stored_upto(tx, site, author.device, author.epoch);
    if (last == Seq{0})
        tx.run("INSERT INTO opening (site, device, epoch) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", site,
               author.device, author.epoch);
    const protocol::Event event{author.device,     author.epoch, Seq{last.value + 1}, now,
                                std::move(worker), "",           std::move(body)};
    const auto appended = append(tx, site, event, now);
    if (const auto* fresh = std::get_if<New>(&appended)) return *fresh;
    KENPIN_CHECK(tx.is_spoiled());  // the next seq of a sound cursor is always new
    return {};
}

Seq stored_upto(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Epoch epoch) {
    return cursor_of(tx, site, device, epoch).last;
}

void skip_lost(sqlite::Tx& tx, const SiteId& site, const Author& author, Instant now, const DeviceId& device,
               Epoch epoch, Seq upto) {
    const auto cursor = cursor_of(tx, site, device, epoch);
    if (cursor.last >= upto) return;
    decide(tx, site, author, now, protocol::EventsLost{device, epoch, Seq{cursor.last.value + 1}, upto});
    EventRow lost{};
    lost.device = device, lost.epoch = epoch, lost.seq = upto;
    lost.server_time = now, lost.hash = cursor.hash;  // the next one follows the last that is there
    move_cursor(tx, site, lost);
}

std::vector<StoredEvent> events_after(sqlite::Tx& tx, const SiteId& site, std::int64_t position, int limit) {
    std::vector<StoredEvent> events;
    for (const auto& row :
         event_rows(tx, "site = ? AND position > ? ORDER BY position LIMIT ?", site, position, limit))
        events.push_back(to_event(tx, row));
    return events;
}

std::vector<StoredEvent> history(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    std::vector<StoredEvent> events;
    const auto rows =
        event_rows(tx,
                   "site = ? AND position IN ("
                   "SELECT position FROM event_subject WHERE site = ? AND kind = 'shipment' AND id = ? UNION "
                   "SELECT position FROM event_subject WHERE site = ? AND kind = 'list' AND id IN "
                   "(SELECT list FROM list_slot WHERE site = ? AND shipment = ?) UNION "
                   "SELECT position FROM event_subject WHERE site = ? AND kind = 'order' AND id IN "
                   "(SELECT order_id FROM shipment_order WHERE site = ? AND shipment = ?)) ORDER BY position",
                   site, site, shipment, site, site, shipment, site, site, shipment);
    for (const auto& row : rows) events.push_back(to_event(tx, row));
    // A list carries other shipments too: their picks are not this shipment's history.
    std::erase_if(events, [&](const auto& stored) { return is_about_another(stored.event.body, shipment); });
    return events;
}

}  // namespace kenpin::store
