#pragma once
// Database: the one way to SQL, for SQLite and PostgreSQL alike (SOCI's only home). What callers keep to:
//
//   * SQL has `?` for each parameter, only BIGINT and TEXT columns, INSERT … ON CONFLICT, no dialect
//   functions, no
//     RETURNING (it makes SQLite's COMMIT fail) and no `? IS NULL` (PostgreSQL cannot tell its type).
//   * Everything runs inside transact() or read(). The closure may run several times: it reads and writes the
//   database
//     and nothing else; publishing and printing start after the commit.
//   * A statement that fails spoils its transaction: later statements do nothing and answer empty, the
//   transaction is
//     rolled back, and transact() answers the first error. So a closure need not look after each statement.
//
// Thread: a Database belongs to one thread. Open another one (read_only for reports) for another thread.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "adaptors/sqlite/value.hpp"
#include "core/base/result.hpp"

namespace kenpin::sqlite {

class Session;  // SOCI lives behind it

/// One transaction, handed to the closure of transact() or read(). Never kept beyond it.
class Tx {
public:
    explicit Tx(Session& session) : session_(session) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;

    /// Runs one statement that returns no rows. Answers the number of rows inserted, changed or deleted.
    template <class... Params>
    std::int64_t run(std::string_view sql, const Params&... params) {
        return execute(sql, {to_value(params)...});
    }

    /// All rows as tuples: `for (auto& [sku, qty] : tx.rows<Sku, Qty>("SELECT sku, qty FROM …", site))`.
    template <class... Columns, class... Params>
    std::vector<std::tuple<Columns...>> rows(std::string_view sql, const Params&... params) {
        std::vector<std::tuple<Columns...>> out;
        for (const auto& row : fetch(sql, {to_value(params)...}, {Stored<Columns>::type...}))
            append_typed<Columns...>(out, row, std::index_sequence_for<Columns...>{});
        return out;
    }

    /// All rows as structs whose members are the columns, in order.
    template <class Struct, class... Columns, class... Params>
    std::vector<Struct> structs(std::string_view sql, const Params&... params) {
        std::vector<Struct> out;
        for (auto& row : rows<Columns...>(sql, params...))
            out.push_back(std::apply([](auto&... column) { return Struct{std::move(column)...}; }, row));
        return out;
    }

    /// The first row, or nothing.
    template <class... Columns, class... Params>
    std::optional<std::tuple<Columns...>> row(std::string_view sql, const Params&... params) {
        auto all = rows<Columns...>(sql, params...);
        if (all.empty()) return std::nullopt;
        return std::move(all.front());
    }

    /// The only column of the first row, or nothing.
    template <class Column, class... Params>
    std::optional<Column> value(std::string_view sql, const Params&... params) {
        auto first = row<Column>(sql, params...);
        if (!first) return std::nullopt;
        return std::move(std::get<0>(*first));
    }

    /// Spoils the transaction: it will be rolled back and `error` answered, unless an earlier error stands
    /// already.
    void fail(Error error);
    bool is_spoiled() const { return error_.has_value(); }
    const std::optional<Error>& error() const { return error_; }

private:
    using Row = std::vector<Value>;
    std::int64_t execute(std::string_view sql, std::vector<Value> params);
    std::vector<Row> fetch(std::string_view sql, std::vector<Value> params,
                           const std::vector<ColumnType>& columns);
    void fail_unreadable();

    template <class... Columns, std::size_t... I>
    void append_typed(std::vector<std::tuple<Columns...>>& out, const Row& row, std::index_sequence<I...>) {
        std::tuple<std::optional<Columns>...> read{Stored<Columns>::from_value(row[I])...};
        if (!(std::get<I>(read).has_value() && ...)) return fail_unreadable();
        out.emplace_back(std::move(*std::get<I>(read))...);
    }

    Session& session_;
    std::optional<Error> error_;
};

/// What a test may reach into. `before_commit` is called with the number of tries so far (0, 1, …) before
/// each commit of transact(); an Error it answers is treated as if COMMIT had failed with it (Kind::busy is
/// tried again).
struct Hooks {
    std::function<std::optional<Error>(int tries)> before_commit;
    std::function<void(std::chrono::milliseconds)> pause;  // waits between tries; sleeps when not set
};

struct Options {
    bool read_only = false;
    /// SQLite only: pages of log after which a commit also checkpoints. 0: the owner calls checkpoint() from
    /// another thread's Database, off the way of acknowledgements.
    int checkpoint_pages = 1000;
    Hooks hooks{};
};

/// Tries of one transaction before transact() answers Kind::busy.
inline constexpr int most_tries = 10;

class Database {
public:
    /// `url`: "sqlite:PATH", "sqlite::memory:", or a PostgreSQL URI
    /// ("postgresql://user@host/name?host=/run/dir"). SQLite runs with WAL, synchronous=FULL, foreign keys,
    /// secure delete and a busy time-out of 5 s. Errors: unreachable (cannot be opened), corrupt (no
    /// database), refused (unknown kind of url).
    static Result<Database> open(const std::string& url, Options options = {});

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Runs `closure(Tx&) -> Result<T>` in one serialisable transaction and commits; on an Error, rolls back.
    /// The one place that tries again when another writer was in the way (SQLite BUSY; PostgreSQL 40001,
    /// 40P01). After it answers a value the change is durable. Errors: those of the closure, of a statement,
    /// of COMMIT; busy.
    template <class Closure>
    auto transact(Closure&& closure) -> std::invoke_result_t<Closure, Tx&> {
        return run_in_tx<std::invoke_result_t<Closure, Tx&>>(Mode::write, closure);
    }

    /// The same for reading only: one consistent picture, nothing can be changed.
    template <class Closure>
    auto read(Closure&& closure) -> std::invoke_result_t<Closure, Tx&> {
        return run_in_tx<std::invoke_result_t<Closure, Tx&>>(Mode::read, closure);
    }

    /// SQLite: moves what it can from the log into the database file, never waiting for readers. PostgreSQL:
    /// nothing.
    Outcome checkpoint();
    /// SQLite: rebuilds the file so that no page keeps what was deleted. PostgreSQL: VACUUM.
    Outcome vacuum();
    /// SQLite: a consistent copy into a new file at `path`, while others write; not yet synced to the disk.
    /// Errors: refused (PostgreSQL has its own tools), unreachable, full.
    Outcome copy_into(const std::string& path);
    bool is_postgresql() const;

private:
    enum class Mode { read, write };
    explicit Database(std::unique_ptr<Session> session);
    Outcome run_tries(Mode mode, const std::function<std::optional<Error>(Tx&)>& body);

    template <class Answer, class Closure>
    Answer run_in_tx(Mode mode, Closure& closure) {
        std::optional<Answer> answer;
        const Outcome outcome = run_tries(mode, [&](Tx& tx) -> std::optional<Error> {
            answer.emplace(closure(tx));
            if (*answer) return std::nullopt;
            return answer->error();
        });
        if (!outcome) return outcome.error();
        return std::move(*answer);
    }

    std::unique_ptr<Session> session_;
};

}  // namespace kenpin::sqlite
