#include <doctest/doctest.h>

#include "adaptors/sqlite/database.hpp"
#include "tests/support/engine.hpp"

using namespace kenpin;
using namespace kenpin::sqlite;

TEST_CASE("two servers that change one stock row: one of them tries again and counts right") {
    const support::FreshDatabase fresh;
    auto one = std::move(Database::open(fresh.url())).value();
    auto two = std::move(Database::open(fresh.url())).value();
    REQUIRE(one.transact([](Tx& tx) -> Outcome {
        tx.run("CREATE TABLE stock (sku TEXT NOT NULL PRIMARY KEY, qty BIGINT NOT NULL)");
        tx.run("INSERT INTO stock (sku, qty) VALUES ('TEA', 10)");
        return Done{};
    }));
    const auto take_one = [](Tx& tx) -> Outcome {
        const auto qty = tx.value<int>("SELECT qty FROM stock WHERE sku = 'TEA'").value_or(0);
        tx.run("UPDATE stock SET qty = ? WHERE sku = 'TEA'", qty - 1);
        return Done{};
    };
    int tries = 0;
    REQUIRE(one.transact([&](Tx& tx) -> Outcome {
        const auto qty = tx.value<int>("SELECT qty FROM stock WHERE sku = 'TEA'").value_or(0);
        if (tries++ == 0) REQUIRE(two.transact(take_one));
        tx.run("UPDATE stock SET qty = ? WHERE sku = 'TEA'", qty - 1);
        return Done{};
    }));
    CHECK(tries == 2);
    const auto left =
        one.read([](Tx& tx) -> Result<int> { return tx.value<int>("SELECT qty FROM stock").value_or(-1); });
    CHECK(left.value() == 8);
}
