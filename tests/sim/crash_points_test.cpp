// Nothing is ever half done: each kind of transaction is cut at every single operation of its disk.
#include "tests/sim/crash_points.hpp"

#include <cstdio>

#include <doctest/doctest.h>

using namespace kenpin;

namespace {

void visit_all(const char* whose, const std::vector<sim::Transaction>& transactions) {
    // The programs' complaints about what is made to fail here.
    REQUIRE(std::freopen("/dev/null", "w", stderr) != nullptr);
    int points = 0, runs = 0;
    for (const auto& transaction : transactions) {
        const auto visited = sim::visit(transaction);
        for (const auto& broken : visited.broken) FAIL_CHECK(broken);
        std::printf("  %s: %d points\n", transaction.name.c_str(), visited.points);
        points += visited.points;
        runs += visited.runs;
    }
    std::printf("%s: %zu kinds of transaction, %d points, %d runs\n", whose, transactions.size(), points,
                runs);
}

}  // namespace

TEST_CASE("a station's transaction that is cut anywhere is wholly there or wholly not") {
    visit_all("station", sim::transactions_of_station());
}

TEST_CASE("a spool's transaction that is cut anywhere is wholly there or wholly not") {
    visit_all("spool", sim::transactions_of_spool());
}

TEST_CASE("a server's transaction that is cut anywhere is wholly there or wholly not") {
    visit_all("server", sim::transactions_of_server());
}
