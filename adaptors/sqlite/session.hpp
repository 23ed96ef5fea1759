#pragma once
// Session: one SOCI connection with its kept prepared statements. Used by database.cpp only.
// SOCI traps answered here: the text of its exceptions repeats parameters (so only the first line of the bare
// message is used: an Error holds no personal data); SQLite numbers equal names once and PostgreSQL each time
// (so `?` becomes :p1, :p2, …); row types differ between the engines (so every column is bound by the type
// the caller names).
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <soci/soci-config.h>
// Debian's SOCI says it has Boost, but does not bring it. Only templates that nobody here uses depend on it,
// so the 140 MB of headers stay out.
#undef SOCI_HAVE_BOOST
#undef SOCI_HAVE_BOOST_DATE_TIME
#include <soci/soci.h>

#include "adaptors/sqlite/database.hpp"
#include "adaptors/sqlite/value.hpp"
#include "core/base/result.hpp"

namespace kenpin::sqlite {

/// The `?` outside quotes become :p1, :p2, …
std::string with_named_parameters(std::string_view sql);
/// Error for an exception that SOCI threw. Never throws.
Error to_error(const std::exception& thrown);

class Session {
public:
    /// Opens and prepares the connection. Throws what SOCI throws.
    Session(const std::string& url, Options session_options);

    /// Runs a statement without parameters and rows.
    void command(const std::string& sql);
    /// The same, for what is run again and again: SQLite keeps it prepared.
    void frequent_command(const std::string& sql);
    std::int64_t execute(std::string_view sql, const std::vector<Value>& params);
    std::vector<std::vector<Value>> fetch(std::string_view sql, const std::vector<Value>& params,
                                          const std::vector<ColumnType>& columns);
    /// After a lost connection (PostgreSQL only).
    void reconnect();
    void rollback() noexcept;

    const bool postgresql;
    Options options;

private:
    struct Slot {
        long long integer = 0;
        std::string text;
        soci::indicator indicator = soci::i_ok;
        ColumnType type = ColumnType::integer;
    };
    struct Prepared {
        explicit Prepared(soci::session& session) : statement(session) {}
        // SOCI keeps the slots' addresses; the vectors never change after prepare().
        std::vector<Slot> in, out;
        soci::statement statement;
    };
    using Kept = std::unordered_map<std::string, std::unique_ptr<Prepared>>;

    Prepared& prepare(const std::string& key, std::string_view sql, const std::vector<Value>& params,
                      const std::vector<ColumnType>& columns);
    void forget(const std::string& key);
    void set_up_sqlite();
    void sync_what_was_left();

    soci::session session_;
    Kept kept_;
};

}  // namespace kenpin::sqlite
