#include "adaptors/sqlite/migrate.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/check.hpp"

namespace kenpin::sqlite {
namespace {

std::vector<std::string_view> statements_of(std::string_view sql) {
    std::vector<std::string_view> statements;
    bool quoted = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\'') quoted = !quoted;
        if (sql[i] != ';' || quoted) continue;
        statements.push_back(sql.substr(start, i - start));
        start = i + 1;
    }
    KENPIN_CHECK(sql.find_first_not_of(" \n\t", start) ==
                 std::string_view::npos);  // the last one ends with `;` too
    return statements;
}

Outcome make_record_table(Database& database) {
    return database.transact([](Tx& tx) -> Outcome {
        tx.run(
            "CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)");
        return Done{};
    });
}

struct Applied {
    int number;
    std::string name;
};

Result<std::vector<Applied>> applied_to(Database& database) {
    return database.read([](Tx& tx) -> Result<std::vector<Applied>> {
        return tx.structs<Applied, int, std::string>("SELECT number, name FROM migration ORDER BY number");
    });
}

Outcome check_history(const std::vector<Applied>& applied, std::span<const Migration> migrations) {
    if (applied.size() > migrations.size())
        return Error{Error::Kind::refused, "the database is newer than this program: its schema has number " +
                                               std::to_string(applied.back().number) +
                                               ", the program knows " + std::to_string(migrations.size())};
    for (std::size_t i = 0; i < applied.size(); ++i)
        if (applied[i].number != migrations[i].number || applied[i].name != migrations[i].name)
            return Error{Error::Kind::refused, "the database was made by another program: migration " +
                                                   std::to_string(applied[i].number) + " is " +
                                                   applied[i].name};
    return Done{};
}

Outcome apply(Database& database, const Migration& migration) {
    return database.transact([&](Tx& tx) -> Outcome {
        for (const auto statement : statements_of(migration.sql)) tx.run(statement);
        tx.run("INSERT INTO migration (number, name) VALUES (?, ?)", migration.number, migration.name);
        return Done{};
    });
}

}  // namespace

Outcome migrate(Database& database, std::span<const Migration> migrations) {
    for (std::size_t i = 0; i < migrations.size(); ++i)
        KENPIN_CHECK(migrations[i].number == static_cast<int>(i) + 1);
    if (auto made = make_record_table(database); !made) return made;
    const auto applied = applied_to(database);
    if (!applied) return applied.error();
    if (auto known = check_history(applied.value(), migrations); !known) return known;
    for (const auto& migration : migrations.subspan(applied.value().size()))
        if (auto done = apply(database, migration); !done) return done;
    return Done{};
}

Result<int> schema_version(Database& database) {
    if (auto made = make_record_table(database); !made) return made.error();
    const auto applied = applied_to(database);
    if (!applied) return applied.error();
    return applied.value().empty() ? 0 : applied.value().back().number;
}

}  // namespace kenpin::sqlite
