#include <string>

#include <doctest/doctest.h>

#include "adaptors/sqlite/database.hpp"
#include "tests/support/engine.hpp"

using namespace kenpin;
using namespace kenpin::sqlite;

namespace {

template <class T>
T pragma(Database& database, const std::string& name) {
    return database.read([&](Tx& tx) -> Result<T> { return tx.value<T>("PRAGMA " + name).value_or(T{}); })
        .value();
}

Outcome make_stock(Tx& tx) {
    tx.run("CREATE TABLE stock (sku TEXT NOT NULL PRIMARY KEY)");
    return Done{};
}

}  // namespace

TEST_CASE("a database file survives a power cut: log first, every commit flushed") {
    const support::FreshDatabase fresh;
    auto database = std::move(Database::open(fresh.url())).value();
    CHECK(pragma<std::string>(database, "journal_mode") == "wal");
    CHECK(pragma<int>(database, "synchronous") == 2);  // FULL
    CHECK(pragma<int>(database, "foreign_keys") == 1);
    CHECK(pragma<int>(database, "secure_delete") == 1);
}

TEST_CASE("a database in memory lives as long as its connection") {
    auto database = std::move(Database::open("sqlite::memory:")).value();
    CHECK(database.transact(make_stock));
    CHECK(database.transact([](Tx& tx) -> Outcome {
        CHECK(tx.run("INSERT INTO stock (sku) VALUES (?)", "TEA") == 1);
        return Done{};
    }));
}

TEST_CASE("a file that is no database is called corrupt") {
    const support::FreshDatabase fresh;
    const auto path = fresh.url().substr(std::string("sqlite:").size());
    auto* file = std::fopen(path.c_str(), "w");
    REQUIRE(file != nullptr);
    for (int i = 0; i < 1000; ++i) std::fputs("this is no database ", file);
    std::fclose(file);
    CHECK(Database::open(fresh.url()).error().kind == Error::Kind::corrupt);
}

TEST_CASE("checkpoint and vacuum leave what was stored") {
    const support::FreshDatabase fresh;
    Options options;
    options.checkpoint_pages = 0;
    auto database = std::move(Database::open(fresh.url(), options)).value();
    REQUIRE(database.transact(make_stock));
    auto other = std::move(Database::open(fresh.url())).value();
    CHECK(other.checkpoint());
    CHECK(database.vacuum());
    CHECK(pragma<int>(database, "user_version") == 0);
    CHECK(other.transact([](Tx& tx) -> Outcome {
        CHECK(tx.run("INSERT INTO stock (sku) VALUES (?)", "TEA") == 1);
        return Done{};
    }));
}
