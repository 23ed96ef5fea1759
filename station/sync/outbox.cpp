#include "station/sync/outbox.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <utility>

#include "adaptors/sqlite/migrate.hpp"
#include "core/base/check.hpp"

namespace kenpin::sync {
namespace {

constexpr std::array schema{
    sqlite::Migration{1, "outbox, documents, meta", R"(
CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE outbox (
  life BIGINT NOT NULL, seq BIGINT NOT NULL, epoch BIGINT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
  at_ms BIGINT NOT NULL, worker TEXT NOT NULL, scanner TEXT NOT NULL, list TEXT NOT NULL, shipment TEXT NOT NULL,
  PRIMARY KEY (life, seq));
CREATE TABLE document (
  kind TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, json TEXT NOT NULL, received_ms BIGINT NOT NULL,
  PRIMARY KEY (kind, id));
CREATE TABLE taken_scan (
  run TEXT NOT NULL, seq BIGINT NOT NULL, at_ms BIGINT NOT NULL,
  PRIMARY KEY (run, seq));
)"},
    sqlite::Migration{2, "receipts on the clock of a boot", R"(
ALTER TABLE document ADD COLUMN boot TEXT NOT NULL DEFAULT '';
)"},
    // kept_upto: -1 where the site makes no backups. The server brings the documents again in their new form.
    sqlite::Migration{3, "a life for each opening", R"(
CREATE TABLE life (
  life BIGINT NOT NULL PRIMARY KEY, epoch BIGINT NOT NULL, last_seq BIGINT NOT NULL, acked_upto BIGINT NOT NULL,
  kept_upto BIGINT NOT NULL DEFAULT -1);
INSERT INTO life (life, epoch, last_seq, acked_upto)
  SELECT life, max(epoch), max(seq), max(seq) FROM outbox
  WHERE life < (SELECT value FROM counter WHERE name = 'life') GROUP BY life;
INSERT INTO life (life, epoch, last_seq, acked_upto)
  SELECT l.value, e.value, coalesce((SELECT value FROM counter WHERE name = 'last_seq'), 0),
    coalesce((SELECT value FROM counter WHERE name = 'acked_upto'), 0)
  FROM counter l, counter e WHERE l.name = 'life' AND e.name = 'epoch';
DROP TABLE counter;
DELETE FROM document;
ALTER TABLE document ADD COLUMN server BIGINT NOT NULL DEFAULT 0;
)"},
};

constexpr std::size_t scans_kept = 4 * limits::bridge_ring;  // all that the bridge may send again, with room

constexpr auto kind_list = "list";
constexpr auto kind_pack = "pack";

using Row = std::tuple<Seq, Epoch, std::string, std::string, Instant, std::string, std::string>;
constexpr auto event_columns = "SELECT seq, epoch, kind, body, at_ms, worker, scanner FROM outbox ";

template <class... Params>
std::vector<Row> event_rows(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    return tx.rows<Seq, Epoch, std::string, std::string, Instant, std::string, std::string>(
        event_columns + where, params...);
}

// What an event is about: the documents that must go before it may.
struct Subject {
    std::string list, shipment;
};

template <class Id>
std::string text(const Id& id) {
    return id.value;
}
template <class Id>
std::string text(const std::optional<Id>& id) {
    return id ? id->value : std::string{};
}

Subject subject_of(const protocol::Body& body) {
    return std::visit(
        [](const auto& b) {
            Subject subject;
            if constexpr (requires { text(b.list); }) subject.list = text(b.list);
            if constexpr (requires { text(b.shipment); }) subject.shipment = text(b.shipment);
            return subject;
        },
        body);
}

void set_meta(sqlite::Tx& tx, const char* name, const std::string& value) {
    tx.run(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
        "excluded.value",
        name, value);
}

std::optional<std::string> meta(sqlite::Tx& tx, const char* name) {
    return tx.value<std::string>("SELECT value FROM meta WHERE name = ?", name);
}

Result<std::vector<protocol::Event>> to_events(const std::vector<Row>& rows, const DeviceId& device) {
    std::vector<protocol::Event> events;
    for (const auto& [seq, epoch, kind, json, at, worker, scanner] : rows) {
        auto body = protocol::body_from_json(kind, json);
        if (!body) return Error{Error::Kind::corrupt, "outbox: " + kind + ": " + body.error().detail};
        const auto who = worker.empty() ? std::nullopt : std::optional{WorkerId{worker}};
        events.push_back({device, epoch, seq, at, who, scanner, std::move(body).value()});
    }
    return events;
}

void insert(sqlite::Tx& tx, std::int64_t life, const protocol::Event& event) {
    const auto subject = subject_of(event.body);
    tx.run(
        "INSERT INTO outbox (life, seq, epoch, kind, body, at_ms, worker, scanner, list, shipment)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        life, event.seq, event.epoch, protocol::kind_of(event.body), protocol::body_to_json(event.body),
        event.device_time, text(event.worker), event.scanner, subject.list, subject.shipment);
}

struct Version {
    Epoch server;
    int number;
};

// False: a newer one is here.
bool put(sqlite::Tx& tx, const char* kind, const std::string& id, Version version, const std::string& json,
         const Receipt& received) {
    const auto changed = tx.run(
        "INSERT INTO document (kind, id, version, json, received_ms, boot, server) VALUES (?, ?, ?, ?, ?, ?, "
        "?) ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, json = excluded.json,"
        " received_ms = excluded.received_ms, boot = excluded.boot, server = excluded.server WHERE "
        "excluded.version >= document.version OR excluded.server <> document.server",
        kind, id, version.number, json, received.since_boot.count(), received.boot, version.server);
    return changed > 0;
}

std::vector<protocol::HeldDoc> held(sqlite::Tx& tx, const char* kind) {
    return tx.structs<protocol::HeldDoc, std::string, int, Epoch>(
        "SELECT id, version, server FROM document WHERE kind = ? ORDER BY id", kind);
}

// Up to the first event that must stay: what is sent again is sent without a hole.
void prune_life(sqlite::Tx& tx, std::int64_t life, Instant before, std::size_t newest_kept) {
    const auto first_to_stay = tx.value<Seq>(
        "SELECT o.seq FROM outbox o JOIN life l ON l.life = o.life WHERE o.life = ? AND (o.at_ms >= ? OR "
        "o.seq > l.acked_upto OR (l.kept_upto >= 0 AND o.seq > l.kept_upto)"
        " OR EXISTS (SELECT 1 FROM document WHERE kind = 'list' AND id = o.list)"
        " OR EXISTS (SELECT 1 FROM document WHERE kind = 'pack' AND id = o.shipment)"
        " OR o.rowid > (SELECT max(rowid) FROM outbox) - ?"
        " OR (o.life, o.seq) IN (SELECT life, seq FROM outbox WHERE kind IN (?, ?)"
        " ORDER BY life DESC, seq DESC LIMIT 1)) ORDER BY o.seq LIMIT 1",  // who is signed in now
        life, before, newest_kept, protocol::WorkerSignedIn::kind, protocol::WorkerSignedOut::kind);
    if (first_to_stay)
        tx.run("DELETE FROM outbox WHERE life = ? AND seq < ?", life, *first_to_stay);
    else
        tx.run("DELETE FROM outbox WHERE life = ?", life);
}

// Oldest first; of each the oldest event that is still here.
std::vector<protocol::Life> lives(sqlite::Tx& tx) {
    return tx.structs<protocol::Life, Epoch, Seq, Seq, Seq>(
        "SELECT epoch, coalesce((SELECT min(seq) FROM outbox WHERE outbox.life = life.life), last_seq + 1), "
        "last_seq, acked_upto FROM life ORDER BY life");
}

template <class Doc>
Result<std::vector<Held<Doc>>> documents(sqlite::Tx& tx, const char* kind,
                                         Result<Doc> (*read)(std::string_view)) {
    std::vector<Held<Doc>> found;
    for (const auto& [json, since_boot, boot] : tx.rows<std::string, std::int64_t, std::string>(
             "SELECT json, received_ms, boot FROM document WHERE kind = ? ORDER BY id", kind)) {
        auto doc = read(json);
        if (!doc) return Error{Error::Kind::corrupt, std::string("document: ") + doc.error().detail};
        found.push_back({std::move(doc).value(), {boot, Millis{since_boot}}});
    }
    return found;
}

// The file holds workers' names and the document key: made for its owner only, before anything is in it.
Outcome make_private(const std::string& path) {
    namespace fs = std::filesystem;
    if (path == ":memory:" || path.starts_with("file:")) return Done{};  // a URI: not of this file system
    std::error_code failed;
    if (!fs::exists(path, failed)) std::ofstream{path};
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failed);
    if (failed) return Error{Error::Kind::unreachable, "outbox: " + failed.message()};
    return Done{};
}

// From the next transaction on the connection never gives its lock back, so a second process cannot even
// read.
Outcome take_for_this_process(sqlite::Database& database) {
    return database.transact([](sqlite::Tx& tx) -> Outcome {
        (void)tx.rows<std::string>("PRAGMA locking_mode=EXCLUSIVE");  // answers its own name
        return Done{};
    });
}

}  // namespace

Epoch random_epoch() {
    std::random_device source;
    std::uniform_int_distribution<std::int64_t> any(1, std::numeric_limits<std::int64_t>::max());
    return Epoch{any(source)};
}

Result<Outbox> Outbox::open(Options options) {
    if (auto ready = make_private(options.path); !ready) return ready.error();
    // The log is moved into the file by checkpoint(), never in a scan's commit.
    auto database =
        sqlite::Database::open("sqlite:" + options.path, {.checkpoint_pages = 0, .hooks = options.hooks});
    if (!database) return database.error();
    Outbox outbox(std::move(database).value(), std::move(options));
    if (auto alone = take_for_this_process(outbox.database_); !alone) return alone.error();
    if (auto migrated = sqlite::migrate(outbox.database_, schema); !migrated) return migrated.error();
    if (auto begun = outbox.begin(); !begun) return begun.error();
    return outbox;
}

Outcome Outbox::begin() {
    const auto fresh = options_.fresh_epoch();
    return database_.transact([&](sqlite::Tx& tx) -> Outcome {
        const auto owner = meta(tx, "device");
        if (!owner) {
            set_meta(tx, "device", options_.device.value);
        } else if (*owner != options_.device.value) {
            return Error{Error::Kind::refused, "outbox: made for device " + *owner};
        }
        life_ = tx.value<std::int64_t>("SELECT coalesce(max(life), 0) + 1 FROM life").value_or(1);
        known_ = {lives(tx), {}, {}};
        known_.lives.push_back({fresh, Seq{1}, Seq{0}, Seq{0}});
        note_documents(tx, known_);
        return Done{};
    });
}

void Outbox::note_documents(sqlite::Tx& tx, Known& known) {
    known.lists = held(tx, kind_list);
    known.packs = held(tx, kind_pack);
}

Result<std::vector<protocol::Event>> Outbox::commit(const std::vector<NewEvent>& added,
                                                    const std::optional<protocol::ScanIdentity>& scan) {
    KENPIN_CHECK(!added.empty());
    const auto waiting = static_cast<std::size_t>(known_.waiting());
    if (waiting + added.size() > options_.capacity) return Error{Error::Kind::full, "outbox"};
    std::vector<protocol::Event> events;
    auto& life = known_.current();
    auto seq = life.last_seq;
    for (const auto& event : added) {
        ++seq.value;
        events.push_back(
            {options_.device, life.epoch, seq, event.at, event.worker, event.scanner, event.body});
    }
    const auto stored = database_.transact([&](sqlite::Tx& tx) -> Outcome {
        for (const auto& event : events) insert(tx, life_, event);
        if (scan)
            tx.run("INSERT INTO taken_scan (run, seq, at_ms) VALUES (?, ?, ?)", scan->run, scan->seq,
                   added.front().at);
        tx.run(
            "INSERT INTO life (life, epoch, last_seq, acked_upto) VALUES (?, ?, ?, 0) ON CONFLICT (life) DO "
            "UPDATE SET last_seq = excluded.last_seq",
            life_, life.epoch, seq);
        return Done{};
    });
    if (!stored) return stored.error();
    life.last_seq = seq;
    return events;
}

Result<std::vector<protocol::Event>> Outbox::read(Epoch epoch, Seq after, std::size_t most) {
    auto rows = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<Row>> {
        return event_rows(tx,
                          "WHERE life = (SELECT life FROM life WHERE epoch = ?) AND seq > ? ORDER BY seq "
                          "LIMIT ?",
                          epoch, after, most);
    });
    if (!rows) return rows.error();
    return to_events(rows.value(), options_.device);
}

Outcome Outbox::mark_acked(Epoch epoch, Seq upto) {
    const auto life = std::find_if(known_.lives.begin(), known_.lives.end(),
                                   [&](const auto& each) { return each.epoch == epoch; });
    if (life == known_.lives.end()) return Done{};  // pruned since
    if (upto > life->last_seq)
        return Error{Error::Kind::refused, "outbox: acknowledged beyond the newest event"};
    const auto stored = database_.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run("UPDATE life SET acked_upto = ? WHERE epoch = ?", upto, epoch);
        return Done{};
    });
    if (stored) life->acked_upto = upto;
    return stored;
}

Outcome Outbox::mark_kept(Epoch epoch, std::optional<Seq> upto) {
    const auto kept = upto ? upto->value : -1;
    return database_.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run("UPDATE life SET kept_upto = ? WHERE epoch = ? AND kept_upto <> ?", kept, epoch, kept);
        return Done{};
    });
}

Result<StoreDocuments> Outbox::store(const StoreDocuments& given, const Receipt& received) {
    Known known = known_;
    auto stored = database_.transact([&](sqlite::Tx& tx) -> Result<StoreDocuments> {
        StoreDocuments taken{{}, {}, given.gone, given.server};
        for (const auto& doc : given.lists)
            if (put(tx, kind_list, doc.task.list.value, {given.server, doc.version}, to_json(doc), received))
                taken.lists.push_back(doc);
        for (const auto& doc : given.packs)
            if (put(tx, kind_pack, doc.task.shipment.value, {given.server, doc.version}, to_json(doc),
                    received))
                taken.packs.push_back(doc);
        for (const auto& id : given.gone) tx.run("DELETE FROM document WHERE id = ?", id);
        note_documents(tx, known);
        return taken;
    });
    if (stored) known_ = std::move(known);
    return stored;
}

Result<bool> Outbox::store(const protocol::Settings& settings, Epoch server) {
    const auto json = to_json(settings);
    const auto from = std::to_string(server.value);
    return database_.transact([&](sqlite::Tx& tx) -> Result<bool> {
        const auto held = meta(tx, "settings");
        if (held == json) return false;
        if (held && meta(tx, "settings_server") == from) {
            const auto before = protocol::settings_from_json(*held);
            if (before && before.value().version > settings.version) return false;  // came late
        }
        set_meta(tx, "settings", json);
        set_meta(tx, "settings_server", from);
        return true;
    });
}

Outcome Outbox::prune(Instant now) {
    Known known = known_;
    const auto pruned = database_.transact([&](sqlite::Tx& tx) -> Outcome {
        for (const auto& [life] : tx.rows<std::int64_t>("SELECT life FROM life"))
            prune_life(tx, life, now - limits::keep_after_ack, options_.newest_kept);
        tx.run(
            "DELETE FROM life WHERE life <> ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.life = "
            "life.life)",
            life_);
        // In the order in which they were stored: what the bridge may send again is not a question of clocks.
        tx.run(
            "DELETE FROM taken_scan WHERE at_ms < ? AND rowid NOT IN"
            " (SELECT rowid FROM taken_scan ORDER BY rowid DESC LIMIT ?)",
            now - limits::keep_after_ack, scans_kept);
        known.lives = lives(tx);
        if (known_.current().last_seq == Seq{0}) known.lives.push_back(known_.current());
        return Done{};
    });
    if (pruned) known_ = std::move(known);
    return pruned;
}

Result<Resume> Outbox::resume() {
    return database_.read([&](sqlite::Tx& tx) -> Result<Resume> {
        Resume resume;
        resume.taken_scans = tx.structs<protocol::ScanIdentity, protocol::BridgeRun, protocol::ScanSeq>(
            "SELECT run, seq FROM taken_scan ORDER BY rowid");
        if (const auto json = meta(tx, "settings")) {
            auto settings = protocol::settings_from_json(*json);
            if (!settings) return settings.error();
            resume.settings = std::move(settings).value();
        }
        auto lists = documents(tx, kind_list, protocol::pick_list_from_json);
        auto packs = documents(tx, kind_pack, protocol::pack_from_json);
        auto events = to_events(event_rows(tx, "ORDER BY life, seq"), options_.device);
        if (!lists) return lists.error();
        if (!packs) return packs.error();
        if (!events) return events.error();
        resume.lists = std::move(lists).value();
        resume.packs = std::move(packs).value();
        resume.events = std::move(events).value();
        return resume;
    });
}

}  // namespace kenpin::sync
