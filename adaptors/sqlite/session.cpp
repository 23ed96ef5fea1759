#include "adaptors/sqlite/session.hpp"

#include <utility>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace kenpin::sqlite {
namespace {

constexpr std::size_t most_kept_statements = 512;
constexpr int busy_timeout_ms = 5'000;
constexpr int writer_cache_kib =
    64 * 1'024;  // most that a writer keeps of the file: a day's import stays in it
constexpr std::string_view sqlite_prefix = "sqlite:";

bool is_postgresql_url(const std::string& url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

std::string sqlite_parameters(const std::string& url, const Options& options) {
    std::string parameters = "dbname=\"" + url.substr(sqlite_prefix.size()) + "\"";
    if (options.read_only) parameters += " readonly=1";
    return parameters;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Error::Kind kind_of_sqlite(int result) {
    switch (result & 0xff) {
        case 5:  // SQLITE_BUSY
        case 6:  // SQLITE_LOCKED
            return Error::Kind::busy;
        case 10:  // SQLITE_IOERR
        case 14:  // SQLITE_CANTOPEN
            return Error::Kind::unreachable;
        case 11:  // SQLITE_CORRUPT
        case 26:  // SQLITE_NOTADB
            return Error::Kind::corrupt;
        case 13:  // SQLITE_FULL
            return Error::Kind::full;
        default:
            return Error::Kind::refused;
    }
}

Error::Kind kind_of_postgresql(const soci::postgresql_soci_error& thrown) {
    const std::string state = thrown.sqlstate();
    if (state == "40001" || state == "40P01" || state == "55P03") return Error::Kind::busy;
    if (state.starts_with("08") || state.starts_with("57P")) return Error::Kind::unreachable;
    if (state.starts_with("53")) return Error::Kind::full;
    if (state.starts_with("XX")) return Error::Kind::corrupt;
    if (thrown.get_error_category() == soci::soci_error::connection_error) return Error::Kind::unreachable;
    return Error::Kind::refused;
}

ColumnType type_of(const Value& value) {
    if (const auto* null = std::get_if<Null>(&value)) return null->type;
    return std::holds_alternative<std::int64_t>(value) ? ColumnType::integer : ColumnType::text;
}

// Of a kept statement: the same text bound to other types is another statement.
std::string key_of(std::string_view sql, const std::vector<Value>& params) {
    std::string key;
    key.reserve(sql.size() + params.size());
    key = sql;
    for (const auto& param : params) key += type_of(param) == ColumnType::integer ? '\x01' : '\x02';
    return key;
}

}  // namespace

std::string with_named_parameters(std::string_view sql) {
    std::string named;
    int count = 0;
    bool quoted = false;
    for (const char c : sql) {
        if (c == '\'') quoted = !quoted;
        if (c == '?' && !quoted)
            named += ":p" + std::to_string(++count);
        else
            named += c;
    }
    return named;
}

Error to_error(const std::exception& thrown) {
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&thrown))
        return Error{kind_of_sqlite(sqlite->result()), first_line(sqlite->get_error_message())};
    if (const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&thrown))
        return Error{kind_of_postgresql(*postgresql), first_line(postgresql->get_error_message())};
    if (const auto* soci = dynamic_cast<const soci::soci_error*>(&thrown)) {
        const bool lost = soci->get_error_category() == soci::soci_error::connection_error;
        return Error{lost ? Error::Kind::unreachable : Error::Kind::refused,
                     first_line(soci->get_error_message())};
    }
    return Error{Error::Kind::refused, "database: unexpected failure"};
}

Session::Session(const std::string& url, Options session_options)
    : postgresql(is_postgresql_url(url)), options(std::move(session_options)) {
    if (postgresql)
        session_.open(soci::postgresql, url);
    else
        session_.open(soci::sqlite3, sqlite_parameters(url, options));
    if (postgresql)
        command("SET client_min_messages=warning");
    else
        set_up_sqlite();
}

void Session::set_up_sqlite() {
    command("PRAGMA busy_timeout=" + std::to_string(busy_timeout_ms));
    command("PRAGMA foreign_keys=ON");
    if (options.read_only) return;
    command("PRAGMA journal_mode=WAL");
    command("PRAGMA synchronous=FULL");
    command("PRAGMA secure_delete=ON");
    command("PRAGMA cache_size=-" + std::to_string(writer_cache_kib));
    command("PRAGMA wal_autocheckpoint=" + std::to_string(options.checkpoint_pages));
    sync_what_was_left();
}

// A program that died in the middle of a COMMIT may have left it in the log, whole but not synced. We are
// going to act on it; so it has to outlast the power first. A checkpoint syncs the log before anything else.
void Session::sync_what_was_left() {
    try {
        command("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (const soci::soci_error& thrown) {
        if (to_error(thrown).kind != Error::Kind::full) throw;  // full: the log is synced, the file waits
    }
}

void Session::command(const std::string& sql) {
    session_ << sql;
}

void Session::frequent_command(const std::string& sql) {
    if (postgresql)
        command(sql);
    else
        execute(sql, {});
}

Session::Prepared& Session::prepare(const std::string& key, std::string_view sql,
                                    const std::vector<Value>& params,
                                    const std::vector<ColumnType>& columns) {
    if (const auto found = kept_.find(key); found != kept_.end()) return *found->second;

    auto prepared = std::make_unique<Prepared>(session_);
    for (const auto& param : params) prepared->in.push_back({0, {}, soci::i_ok, type_of(param)});
    for (const auto column : columns) prepared->out.push_back({0, {}, soci::i_ok, column});
    for (auto& slot : prepared->in) {
        if (slot.type == ColumnType::integer)
            prepared->statement.exchange(soci::use(slot.integer, slot.indicator));
        else
            prepared->statement.exchange(soci::use(slot.text, slot.indicator));
    }
    for (auto& slot : prepared->out) {
        if (slot.type == ColumnType::integer)
            prepared->statement.exchange(soci::into(slot.integer, slot.indicator));
        else
            prepared->statement.exchange(soci::into(slot.text, slot.indicator));
    }
    prepared->statement.alloc();
    prepared->statement.prepare(with_named_parameters(sql));
    prepared->statement.define_and_bind();
    if (kept_.size() >= most_kept_statements) kept_.clear();
    return *(kept_[key] = std::move(prepared));
}

namespace {

template <class Slots>
void fill(Slots& slots, const std::vector<Value>& params) {
    for (std::size_t i = 0; i < params.size(); ++i) {
        slots[i].indicator = std::holds_alternative<Null>(params[i]) ? soci::i_null : soci::i_ok;
        if (const auto* number = std::get_if<std::int64_t>(&params[i])) slots[i].integer = *number;
        if (const auto* text = std::get_if<std::string>(&params[i])) slots[i].text = *text;
    }
}

template <class Slots>
std::vector<Value> taken_from(const Slots& slots) {
    std::vector<Value> row;
    row.reserve(slots.size());
    for (const auto& slot : slots) {
        if (slot.indicator == soci::i_null)
            row.emplace_back(Null{slot.type});
        else if (slot.type == ColumnType::integer)
            row.emplace_back(std::int64_t{slot.integer});
        else
            row.emplace_back(slot.text);
    }
    return row;
}

}  // namespace

std::int64_t Session::execute(std::string_view sql, const std::vector<Value>& params) {
    const auto key = key_of(sql, params);
    try {
        auto& prepared = prepare(key, sql, params, {});
        fill(prepared.in, params);
        prepared.statement.execute(true);
        return prepared.statement.get_affected_rows();
    } catch (...) {
        forget(key);
        throw;
    }
}

std::vector<std::vector<Value>> Session::fetch(std::string_view sql, const std::vector<Value>& params,
                                               const std::vector<ColumnType>& columns) {
    const auto key = key_of(sql, params);
    try {
        auto& prepared = prepare(key, sql, params, columns);
        fill(prepared.in, params);
        std::vector<std::vector<Value>> rows;
        prepared.statement.execute(false);
        while (prepared.statement.fetch()) rows.push_back(taken_from(prepared.out));
        return rows;
    } catch (...) {
        forget(key);
        throw;
    }
}

// A statement that failed half-way must not stay open. On SQLite the others stand as they stood; what
// PostgreSQL still knows of them after an error is not asked.
void Session::forget(const std::string& key) {
    if (postgresql)
        kept_.clear();
    else
        kept_.erase(key);
}

void Session::reconnect() {
    kept_.clear();
    session_.reconnect();
    command("SET client_min_messages=warning");
}

void Session::rollback() noexcept {
    try {
        command("ROLLBACK");
    } catch (const std::exception&) {
        // The engine has rolled back by itself, or the connection is gone: nothing is left to undo.
        if (postgresql) kept_.clear();
    }
}

}  // namespace kenpin::sqlite
