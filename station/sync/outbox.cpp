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
};

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

void set_counter(sqlite::Tx& tx, const char* name, std::int64_t value) {
    tx.run(
        "INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
        "excluded.value",
        name, value);
}

std::int64_t counter(sqlite::Tx& tx, const char* name) {
    return tx.value<std::int64_t>("SELECT value FROM counter WHERE name = ?", name).value_or(0);
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

void put(sqlite::Tx& tx, const char* kind, const std::string& id, int version, const std::string& json,
         const Receipt& received) {
    tx.run(
        "INSERT INTO document (kind, id, version, json, received_ms, boot) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, json = excluded.json,"
        " received_ms = excluded.received_ms, boot = excluded.boot WHERE excluded.version >= "
        "document.version",
        kind, id, version, json, received.since_boot.count(), received.boot);
}

std::vector<protocol::HeldDoc> held(sqlite::Tx& tx, const char* kind) {
    return tx.structs<protocol::HeldDoc, std::string, int>(
        "SELECT id, version FROM document WHERE kind = ? ORDER BY id", kind);
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
            set_counter(tx, "epoch", fresh.value);
            set_counter(tx, "life", 1);
        } else if (*owner != options_.device.value) {
            return Error{Error::Kind::refused, "outbox: made for device " + *owner};
        }
        life_ = counter(tx, "life");
        known_ = {Epoch{counter(tx, "epoch")},
                  Seq{counter(tx, "last_seq")},
                  Seq{counter(tx, "acked_upto")},
                  {},
                  {}};
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
    const auto waiting = static_cast<std::size_t>(known_.last_seq.value - known_.acked_upto.value);
    if (waiting + added.size() > options_.capacity) return Error{Error::Kind::full, "outbox"};
    std::vector<protocol::Event> events;
    auto seq = known_.last_seq;
    for (const auto& event : added) {
        ++seq.value;
        events.push_back(
            {options_.device, known_.epoch, seq, event.at, event.worker, event.scanner, event.body});
    }
    const auto stored = database_.transact([&](sqlite::Tx& tx) -> Outcome {
        for (const auto& event : events) insert(tx, life_, event);
        if (scan)
            tx.run("INSERT INTO taken_scan (run, seq, at_ms) VALUES (?, ?, ?)", scan->run, scan->seq,
                   added.front().at);
        set_counter(tx, "last_seq", seq.value);
        return Done{};
    });
    if (!stored) return stored.error();
    known_.last_seq = seq;
    return events;
}

Result<std::vector<protocol::Event>> Outbox::read(Seq after, std::size_t most) {
    auto rows = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<Row>> {
        return event_rows(tx, "WHERE life = ? AND seq > ? ORDER BY seq LIMIT ?", life_, after, most);
    });
    if (!rows) return rows.error();
    return to_events(rows.value(), options_.device);
}

Outcome Outbox::mark_acked(Seq upto) {
    if (upto > known_.last_seq)
        return Error{Error::Kind::refused, "outbox: acknowledged beyond the newest event"};
    const auto stored = database_.transact([&](sqlite::Tx& tx) -> Outcome {
        set_counter(tx, "acked_upto", upto.value);
        return Done{};
    });
    if (stored) known_.acked_upto = upto;
    return stored;
}

Outcome Outbox::store(const StoreDocuments& given, const Receipt& received) {
    Known known = known_;
    const auto stored = database_.transact([&](sqlite::Tx& tx) -> Outcome {
        for (const auto& doc : given.lists)
            put(tx, kind_list, doc.task.list.value, doc.version, to_json(doc), received);
        for (const auto& doc : given.packs)
            put(tx, kind_pack, doc.task.shipment.value, doc.version, to_json(doc), received);
        for (const auto& id : given.gone) tx.run("DELETE FROM document WHERE id = ?", id);
        note_documents(tx, known);
        return Done{};
    });
    if (stored) known_ = std::move(known);
    return stored;
}

Result<bool> Outbox::store(const protocol::Settings& settings) {
    const auto json = to_json(settings);
    return database_.transact([&](sqlite::Tx& tx) -> Result<bool> {
        if (meta(tx, "settings") == json) return false;
        set_meta(tx, "settings", json);
        return true;
    });
}

Outcome Outbox::renew_epoch(Seq keep_after) {
    const auto fresh = options_.fresh_epoch();
    const auto next_life = life_ + 1;
    const auto last = known_.last_seq.value - keep_after.value;
    const auto done = database_.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run("UPDATE outbox SET life = ?, epoch = ?, seq = seq - ? WHERE life = ? AND seq > ?", next_life,
               fresh, keep_after, life_, keep_after);
        set_counter(tx, "epoch", fresh.value);
        set_counter(tx, "life", next_life);
        set_counter(tx, "last_seq", last);
        set_counter(tx, "acked_upto", 0);
        return Done{};
    });
    if (!done) return done;
    life_ = next_life;
    known_.epoch = fresh;
    known_.last_seq = Seq{last};
    known_.acked_upto = Seq{0};
    return Done{};
}

Outcome Outbox::prune(Instant now) {
    return database_.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run(
            "DELETE FROM outbox WHERE at_ms < ? AND (life < ? OR seq <= ?)"
            " AND NOT EXISTS (SELECT 1 FROM document WHERE kind = 'list' AND id = outbox.list)"
            " AND NOT EXISTS (SELECT 1 FROM document WHERE kind = 'pack' AND id = outbox.shipment)",
            now - limits::keep_after_ack, life_, known_.acked_upto);
        tx.run("DELETE FROM taken_scan WHERE at_ms < ?", now - limits::keep_after_ack);
        return Done{};
    });
}

Result<Resume> Outbox::resume() {
    return database_.read([&](sqlite::Tx& tx) -> Result<Resume> {
        Resume resume;
        resume.epoch = known_.epoch;
        resume.taken_scans = tx.structs<protocol::ScanIdentity, protocol::BridgeRun, protocol::ScanSeq>(
            "SELECT run, seq FROM taken_scan ORDER BY at_ms, seq");
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
