#include "adaptors/sqlite/migrate.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/support/engine.hpp"

using namespace kenpin;
using namespace kenpin::sqlite;

namespace {

const Migration first{1, "items",
                      "CREATE TABLE item (sku TEXT NOT NULL PRIMARY KEY);\n"
                      "INSERT INTO item (sku) VALUES ('semi;colon');\n"};
const Migration second{2, "weights", "ALTER TABLE item ADD COLUMN weight_g BIGINT NOT NULL DEFAULT 0;\n"};
const Migration broken{2, "broken",
                       "INSERT INTO item (sku) VALUES ('half');\nCREATE TABLE item (sku TEXT);\n"};

struct Fresh {
    support::FreshDatabase fresh;
    Database database = std::move(Database::open(fresh.url())).value();

    int items() {
        return database
            .read(
                [](Tx& tx) -> Result<int> { return tx.value<int>("SELECT count(*) FROM item").value_or(-1); })
            .value();
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fresh, "each migration is applied once") {
    CHECK(schema_version(database).value() == 0);
    CHECK(migrate(database, std::vector{first}));
    CHECK(migrate(database, std::vector{first}));
    CHECK(schema_version(database).value() == 1);
    CHECK(items() == 1);
}

TEST_CASE_FIXTURE(Fresh, "an older database is brought up with what it holds") {
    REQUIRE(migrate(database, std::vector{first}));
    REQUIRE(migrate(database, std::vector{first, second}));
    CHECK(schema_version(database).value() == 2);
    const auto weight = database.read([](Tx& tx) -> Result<int> {
        return tx.value<int>("SELECT weight_g FROM item WHERE sku = 'semi;colon'").value_or(-1);
    });
    CHECK(weight.value() == 0);
}

TEST_CASE_FIXTURE(Fresh, "a migration that fails leaves the version before, whole") {
    REQUIRE(migrate(database, std::vector{first}));
    CHECK_FALSE(migrate(database, std::vector{first, broken}));
    CHECK(schema_version(database).value() == 1);
    CHECK(items() == 1);
}

TEST_CASE_FIXTURE(Fresh, "a database newer than the program is refused") {
    REQUIRE(migrate(database, std::vector{first, second}));
    const auto outcome = migrate(database, std::vector{first});
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().kind == Error::Kind::refused);
}

TEST_CASE_FIXTURE(Fresh, "a database made by another program is refused") {
    REQUIRE(migrate(database, std::vector{first}));
    CHECK_FALSE(migrate(database, std::vector{Migration{1, "something else", "SELECT 1;"}}));
}
