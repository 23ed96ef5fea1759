#include "adaptors/sqlite/database.hpp"

#include <algorithm>
#include <exception>
#include <thread>

#include "adaptors/sqlite/session.hpp"
#include "adaptors/sqlite/threads.hpp"

namespace kenpin::sqlite {
namespace {

constexpr std::chrono::milliseconds first_pause{1};
constexpr std::chrono::milliseconds longest_pause{100};

void pause(const Hooks& hooks, std::chrono::milliseconds length) {
    if (hooks.pause)
        hooks.pause(length);
    else
        std::this_thread::sleep_for(length);
}

// Runs `action` and answers what it threw, if it threw.
template <class Action>
std::optional<Error> error_of(const Action& action) {
    try {
        action();
        return std::nullopt;
    } catch (const std::exception& thrown) {
        return to_error(thrown);
    }
}

const char* begin_statement(bool postgresql, bool writes) {
    if (postgresql)
        return writes ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                      : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    return writes ? "BEGIN IMMEDIATE" : "BEGIN";
}

std::optional<Error> begin(Session& session, bool writes) {
    const auto* statement = begin_statement(session.postgresql, writes);
    auto error = error_of([&] { session.frequent_command(statement); });
    if (!error || error->kind != Error::Kind::unreachable || !session.postgresql) return error;
    return error_of([&] {
        session.reconnect();
        session.command(statement);
    });
}

std::optional<Error> commit(Session& session, bool writes, int tries) {
    if (writes && session.options.hooks.before_commit)
        if (auto injected = session.options.hooks.before_commit(tries)) return injected;
    return error_of([&] { session.frequent_command("COMMIT"); });
}

std::optional<Error> run_once(Session& session, bool writes, int tries,
                              const std::function<std::optional<Error>(Tx&)>& body) {
    if (auto error = begin(session, writes)) return error;
    Tx tx(session);
    auto error = body(tx);
    if (tx.error()) error = tx.error();
    if (!error) error = commit(session, writes, tries);
    if (error) session.rollback();
    return error;
}

}  // namespace

void Tx::fail(Error error) {
    if (!error_) error_ = std::move(error);
}

void Tx::fail_unreadable() {
    fail(Error{Error::Kind::corrupt, "database: a stored value does not fit its type"});
}

std::int64_t Tx::execute(std::string_view sql, std::vector<Value> params) {
    if (is_spoiled()) return 0;
    try {
        return session_.execute(sql, params);
    } catch (const std::exception& thrown) {
        fail(to_error(thrown));
        return 0;
    }
}

std::vector<Tx::Row> Tx::fetch(std::string_view sql, std::vector<Value> params,
                               const std::vector<ColumnType>& columns) {
    if (is_spoiled()) return {};
    try {
        return session_.fetch(sql, params, columns);
    } catch (const std::exception& thrown) {
        fail(to_error(thrown));
        return {};
    }
}

Database::Database(std::unique_ptr<Session> session) : session_(std::move(session)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& url, Options options) {
    const bool known =
        url.starts_with("sqlite:") || url.starts_with("postgresql://") || url.starts_with("postgres://");
    if (!known)
        return Error{Error::Kind::refused, "database: the url begins with neither sqlite: nor postgresql://"};
    use_each_connection_in_one_thread();
    try {
        return Database(std::make_unique<Session>(url, std::move(options)));
    } catch (const std::exception& thrown) {
        auto error = to_error(thrown);
        if (error.kind != Error::Kind::corrupt) error.kind = Error::Kind::unreachable;
        return error;
    }
}

bool Database::is_postgresql() const {
    return session_->postgresql;
}

Outcome Database::run_tries(Mode mode, const std::function<std::optional<Error>(Tx&)>& body) {
    const bool writes = mode == Mode::write;
    if (writes && session_->options.read_only)
        return Error{Error::Kind::refused, "database: opened for reading only"};
    auto wait = first_pause;
    for (int tries = 0;; ++tries) {
        const auto error = run_once(*session_, writes, tries, body);
        if (!error) return Done{};
        if (error->kind != Error::Kind::busy || tries + 1 >= most_tries) return *error;
        pause(session_->options.hooks, wait);
        wait = std::min(wait * 2, longest_pause);
    }
}

Outcome Database::checkpoint() {
    if (session_->postgresql) return Done{};
    if (const auto error = error_of([&] { session_->command("PRAGMA wal_checkpoint(PASSIVE)"); }))
        return *error;
    return Done{};
}

Outcome Database::vacuum() {
    if (const auto error = error_of([&] { session_->command("VACUUM"); })) return *error;
    if (session_->postgresql) return Done{};
    if (const auto error = error_of([&] { session_->command("PRAGMA wal_checkpoint(TRUNCATE)"); }))
        return *error;
    return Done{};
}

Outcome Database::copy_into(const std::string& path) {
    if (session_->postgresql) return Error{Error::Kind::refused, "a copy of PostgreSQL is made by pg_dump"};
    if (const auto error = error_of([&] { session_->execute("VACUUM INTO ?", {Value{path}}); }))
        return *error;
    return Done{};
}

}  // namespace kenpin::sqlite
