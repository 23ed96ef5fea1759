#include "adaptors/sqlite/database.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "core/base/ids.hpp"
#include "tests/support/engine.hpp"

using namespace kenpin;
using namespace kenpin::sqlite;

namespace {

struct Shelf {
    support::FreshDatabase fresh;
    Database database = opened({});

    Database opened(Options options) {
        auto opened = Database::open(fresh.url(), std::move(options));
        if (!opened) FAIL(opened.error().detail);
        return std::move(opened).value();
    }
    Shelf() {
        REQUIRE(database.transact([](Tx& tx) -> Outcome {
            tx.run("CREATE TABLE stock (sku TEXT NOT NULL PRIMARY KEY, qty BIGINT NOT NULL, lot TEXT)");
            return Done{};
        }));
    }
    void put(const char* sku, int qty) {
        REQUIRE(database.transact([&](Tx& tx) -> Outcome {
            tx.run("INSERT INTO stock (sku, qty) VALUES (?, ?)", sku, qty);
            return Done{};
        }));
    }
    int count() {
        return database
            .read([](Tx& tx) -> Result<int> {
                return tx.value<int>("SELECT count(*) FROM stock").value_or(-1);
            })
            .value();
    }
};

Outcome put_tea(Tx& tx) {
    tx.run("INSERT INTO stock (sku, qty) VALUES ('TEA', 1)");
    return Done{};
}

}  // namespace

TEST_CASE_FIXTURE(Shelf, "what was stored is read back with its types") {
    const auto big = std::numeric_limits<std::int64_t>::max();
    const auto day = *parse_day("2026-11-24");
    const auto rows = database.transact(
        [&](Tx& tx) -> Result<std::vector<std::tuple<Sku, std::int64_t, std::optional<Day>>>> {
            tx.run("INSERT INTO stock (sku, qty, lot) VALUES (?, ?, ?)", Sku{"煎茶 髙﨑 'x' ?"}, big, day);
            tx.run("INSERT INTO stock (sku, qty, lot) VALUES (?, ?, ?)", Sku{""}, -1, std::optional<Day>{});
            return tx.rows<Sku, std::int64_t, std::optional<Day>>(
                "SELECT sku, qty, lot FROM stock ORDER BY qty DESC");
        });
    REQUIRE(rows);
    REQUIRE(rows.value().size() == 2);
    CHECK(rows.value()[0] == std::tuple{Sku{"煎茶 髙﨑 'x' ?"}, big, std::optional{day}});
    CHECK(rows.value()[1] == std::tuple{Sku{""}, std::int64_t{-1}, std::optional<Day>{}});
}

TEST_CASE_FIXTURE(Shelf, "a quoted question mark is text and not a parameter") {
    const auto read = database.read([](Tx& tx) -> Result<std::string> {
        return tx.value<std::string>("SELECT '?' FROM (SELECT 1 AS one) AS t WHERE one = ?", 1)
            .value_or("none");
    });
    CHECK(read.value() == "?");
}

TEST_CASE_FIXTURE(Shelf, "a row that is already there is ignored, and the answer says so") {
    const auto changed = database.transact([](Tx& tx) -> Result<std::pair<std::int64_t, std::int64_t>> {
        const auto* sql = "INSERT INTO stock (sku, qty) VALUES (?, ?) ON CONFLICT (sku) DO NOTHING";
        const auto first = tx.run(sql, "TEA", 3);
        return std::pair{first, tx.run(sql, "TEA", 4)};
    });
    CHECK(changed.value() == std::pair<std::int64_t, std::int64_t>{1, 0});
}

TEST_CASE_FIXTURE(Shelf, "an update answers how many rows it changed") {
    put("TEA", 3);
    put("RICE", 3);
    const auto changed = database.transact([](Tx& tx) -> Result<std::int64_t> {
        return tx.run("UPDATE stock SET qty = qty - ? WHERE qty >= ?", 1, 3);
    });
    CHECK(changed.value() == 2);
}

TEST_CASE_FIXTURE(Shelf, "an error leaves nothing behind") {
    const auto outcome = database.transact([](Tx& tx) -> Outcome {
        tx.run("INSERT INTO stock (sku, qty) VALUES ('TEA', 1)");
        return Error{Error::Kind::refused, "the worker changed her mind"};
    });
    CHECK(outcome.error().detail == "the worker changed her mind");
    CHECK(count() == 0);
}

TEST_CASE_FIXTURE(Shelf, "one failed statement undoes the whole transaction, whatever the closure answers") {
    put("TEA", 1);
    const auto outcome = database.transact([](Tx& tx) -> Outcome {
        tx.run("INSERT INTO stock (sku, qty) VALUES ('RICE', 1)");
        tx.run("INSERT INTO stock (sku, qty) VALUES ('TEA', 2)");
        CHECK(tx.is_spoiled());
        CHECK(tx.rows<Sku>("SELECT sku FROM stock").empty());
        return Done{};
    });
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().kind == Error::Kind::refused);
    CHECK(count() == 1);
}

TEST_CASE_FIXTURE(Shelf, "the reason of a failure never repeats what was stored") {
    put("SECRET-NAME", 1);
    const auto outcome = database.transact([](Tx& tx) -> Outcome {
        tx.run("INSERT INTO stock (sku, qty) VALUES (?, ?)", "SECRET-NAME", 1);
        return Done{};
    });
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().detail.find("SECRET-NAME") == std::string::npos);
}

TEST_CASE_FIXTURE(Shelf, "a statement with a mistake is a refusal, and the next transaction works") {
    const auto outcome = database.transact([](Tx& tx) -> Outcome {
        tx.run("INSERT INTO no_such_table (sku) VALUES (?)", "TEA");
        return Done{};
    });
    CHECK_FALSE(outcome);
    put("TEA", 1);
    CHECK(count() == 1);
}

TEST_CASE_FIXTURE(Shelf, "a stored value that does not fit its type spoils the reading") {
    put("TEA", 3);
    const auto read = database.read(
        [](Tx& tx) -> Result<int> { return static_cast<int>(tx.rows<Day>("SELECT sku FROM stock").size()); });
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == Error::Kind::corrupt);
}

TEST_CASE_FIXTURE(Shelf, "a busy database is tried again until the commit goes through") {
    std::vector<int> tries_seen;
    int pauses = 0;
    Options options;
    options.hooks.before_commit = [&](int tries) -> std::optional<Error> {
        tries_seen.push_back(tries);
        if (tries < 3) return Error{Error::Kind::busy, "injected"};
        return std::nullopt;
    };
    options.hooks.pause = [&](std::chrono::milliseconds) { ++pauses; };
    auto other = opened(options);
    CHECK(other.transact(put_tea));
    CHECK(tries_seen == std::vector{0, 1, 2, 3});
    CHECK(pauses == 3);
    CHECK(count() == 1);
}

TEST_CASE_FIXTURE(Shelf, "a database that stays busy is given up after a bounded number of tries") {
    int tries_made = 0;
    Options options;
    options.hooks.before_commit = [&](int) -> std::optional<Error> {
        ++tries_made;
        return Error{Error::Kind::busy, "injected"};
    };
    options.hooks.pause = [](std::chrono::milliseconds) {};
    auto other = opened(options);
    const auto outcome = other.transact(put_tea);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().kind == Error::Kind::busy);
    CHECK(tries_made == most_tries);
    CHECK(count() == 0);
}

TEST_CASE_FIXTURE(Shelf, "a full disk is not tried again") {
    int tries_made = 0;
    Options options;
    options.hooks.before_commit = [&](int) -> std::optional<Error> {
        ++tries_made;
        return Error{Error::Kind::full, "injected"};
    };
    auto other = opened(options);
    CHECK(other.transact(put_tea).error().kind == Error::Kind::full);
    CHECK(tries_made == 1);
}

TEST_CASE_FIXTURE(Shelf, "a read-only database reads and refuses to write") {
    put("TEA", 1);
    Options options;
    options.read_only = true;
    auto reports = opened(options);
    const auto read = reports.read(
        [](Tx& tx) -> Result<int> { return tx.value<int>("SELECT qty FROM stock").value_or(0); });
    CHECK(read.value() == 1);
    CHECK(reports.transact(put_tea).error().kind == Error::Kind::refused);
    CHECK(count() == 1);
}

TEST_CASE_FIXTURE(Shelf, "reading sees one picture while another connection writes") {
    put("TEA", 1);
    auto reports = opened({});
    const auto seen = reports.read([&](Tx& tx) -> Result<std::pair<int, int>> {
        const int before = tx.value<int>("SELECT count(*) FROM stock").value_or(-1);
        put("RICE", 1);
        return std::pair{before, tx.value<int>("SELECT count(*) FROM stock").value_or(-1)};
    });
    CHECK(seen.value() == std::pair{1, 1});
    CHECK(count() == 2);
}

TEST_CASE_FIXTURE(Shelf, "a select that finds nothing leaves nothing open for the commit to stumble over") {
    const auto outcome = database.transact([](Tx& tx) -> Result<int> {
        put_tea(tx).value();
        const auto none = tx.value<int>("SELECT qty FROM stock WHERE sku = ?", "RICE");
        const auto first_only = tx.row<Sku, int>("SELECT sku, qty FROM stock");
        CHECK_FALSE(none);
        return std::get<1>(*first_only);
    });
    CHECK(outcome.value() == 1);
    CHECK(count() == 1);
}

TEST_CASE("an unknown kind of database is refused, and one that is not there is unreachable") {
    CHECK(Database::open("mysql://x").error().kind == Error::Kind::refused);
    CHECK(Database::open("sqlite:/nowhere/at/all.db").error().kind == Error::Kind::unreachable);
    CHECK(Database::open("postgresql://kenpin@/x?host=/nowhere").error().kind == Error::Kind::unreachable);
}
