// kenpin-bench-intake-list [RECORDS]: what one look at the list of orders that came in costs when it is long:
// the newest page, a page in the middle, each way of narrowing it, with the counts above it. As JSON lines.
#include <cstdio>
#include <string>

#include "adaptors/sqlite/database.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/migrations.hpp"
#include "tests/bench/line.hpp"
#include "tests/support/process.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::bench;

constexpr int looks = 15;
constexpr double page_aim_ms = 100, counts_aim_ms = 300;
const SiteId site{"K1"};

// A year of five shops: each fiftieth order is held, one in 333 rejected, one in twenty has a remark.
constexpr const char* fill = R"(
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO order_intake (site, owner, position, order_id, shop, number_in_shop, outcome, codes, handling, file, record,
  detail, records_hash, received_file, state, came_ms)
SELECT 'K1', 'OWN1', i * 3, 'S' || (i % 5) || ':' || i, 'S' || (i % 5), printf('2987-%08d', i * 7919 % 100000000),
  CASE WHEN i % 50 = 0 THEN 'hold' WHEN i % 333 = 0 THEN 'reject' ELSE 'accept' END,
  CASE WHEN i % 50 = 0 THEN 'E-SKU' WHEN i % 333 = 0 THEN 'E-POSTCODE' WHEN i % 20 = 0 THEN 'W-REMARK' ELSE '' END,
  'OKIHAI', 'day/rakuten.csv', i % 20000, '', printf('%032d', i), '',
  CASE WHEN i % 50 = 0 THEN 'open' ELSE 'taken' END, ? + i * 30000 FROM n)";

struct Look {
    const char* name;
    store::IntakeFilter filter;
};

std::vector<Look> looks_at(std::int64_t records, Day first_day) {
    std::vector<Look> all{{"newest", {}},  {"middle", {}},         {"of_shop", {}}, {"held", {}},
                          {"of_code", {}}, {"part_of_number", {}}, {"of_day", {}}};
    all[1].filter.before_position = records * 3 / 2;
    all[2].filter.shop = "S3";
    all[3].filter.outcome = "hold";
    all[4].filter.code = "E-POSTCODE";
    all[5].filter.number = "0791";
    all[6].filter.day = first_day + std::chrono::days{records * 30 / 86'400 / 2};
    return all;
}

template <class Ask>
std::vector<double> times(const Ask& ask) {
    std::vector<double> took;
    for (int i = 0; i < looks; ++i) {
        const auto begun = std::chrono::steady_clock::now();
        ask();
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    return took;
}

Outcome measure(std::int64_t records) {
    const support::TempDir folder;
    auto opened = sqlite::Database::open("sqlite:" + (folder / "long.db").string());
    if (!opened) return opened.error();
    auto database = std::move(opened).value();
    if (auto migrated = sqlite::migrate(database, store::migrations()); !migrated) return migrated;
    const auto first = *parse_instant("2026-01-01T00:00:00+09:00");
    if (auto filled = database.transact([&](sqlite::Tx& tx) -> Outcome {
            tx.run(fill, records, first);
            return Done{};
        });
        !filled)
        return filled;
    return database.read([&](sqlite::Tx& tx) -> Outcome {
        for (const auto& [name, filter] : looks_at(records, *parse_day("2026-01-01"))) {
            const std::string of = std::string("intake_list_") + name;
            print(latency_line(of, times([&] { (void)store::intake_rows(tx, site, filter); }), "p99_ms",
                               page_aim_ms));
            print(latency_line(of + "_counts", times([&] { (void)store::intake_counts(tx, site, filter); }),
                               "p99_ms", counts_aim_ms));
        }
        return Done{};
    });
}

}  // namespace

int main(int argc, char** argv) {
    const auto measured = measure(argc > 1 ? std::stoll(argv[1]) : 1'000'000);
    if (measured) return 0;
    std::fprintf(stderr, "kenpin-bench-intake-list: %s\n", measured.error().detail.c_str());
    return 1;
}
