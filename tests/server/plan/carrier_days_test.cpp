#include "server/plan/carrier_days.hpp"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "places.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const std::string head = "carrier\tfrom\tto\tdays\tfirst\tlast\tsource\n";
const Day today = *parse_day("2026-11-24");

CarrierDaysTable table(const std::string& rows) {
    const auto read = read_carrier_days(head + rows);
    if (!read) FAIL(read.error().detail);
    return read.value();
}
int days(const CarrierDaysTable& table, const char* carrier, const char* from, const std::string& to,
         Day on = today) {
    return days_to(days_from(table, {CarrierId{carrier}, from, on}), to);
}

}  // namespace

TEST_CASE("the row that says most counts: where to, then where from, then who") {
    const auto all = table(
        "*\t*\t*\t1\t\t\tassumed\n"
        "*\t*\t沖縄県\t3\t\t\tx\n"
        "*\t大阪府\t*\t2\t\t\tx\n"
        "yamato\t*\t*\t4\t\t\tx\n"
        "yamato\t大阪府\t沖縄県\t5\t\t\tx\n");
    CHECK(days(all, "sagawa", "東京都", "東京都") == 1);
    CHECK(days(all, "sagawa", "東京都", "沖縄県") == 3);
    CHECK(days(all, "sagawa", "大阪府", "東京都") == 2);
    CHECK(days(all, "sagawa", "大阪府", "沖縄県") == 3);
    CHECK(days(all, "yamato", "東京都", "東京都") == 4);
    CHECK(days(all, "yamato", "東京都", "沖縄県") == 3);
    CHECK(days(all, "yamato", "大阪府", "沖縄県") == 5);
    CHECK(days(all, "yamato", "", "東京都") == 4);
}

TEST_CASE("a row holds from its first day to its last") {
    const auto all = table(
        "*\t*\t*\t1\t\t\tassumed\n"
        "yamato\t*\t北海道\t2\t\t2026-11-23\told\n"
        "yamato\t*\t北海道\t3\t2026-11-24\t\tnew\n");
    CHECK(days(all, "yamato", "東京都", "北海道", today - std::chrono::days{1}) == 2);
    CHECK(days(all, "yamato", "東京都", "北海道") == 3);
}

TEST_CASE(
    "a table with a gap, a wrong number, or a row that nobody answers for, is refused with its record") {
    const std::string all = "*\t*\t*\t1\t\t\tassumed\n";
    for (const char* row : {"yamato\t*\t沖縄県\tzwei\t\t\tx\n", "yamato\t*\t沖縄県\t31\t\t\tx\n",
                            "yamato\t*\t沖縄県\t2\t\t\t\n", "yamato\t*\t沖縄県\t2\t2026-13-01\t\tx\n",
                            "yamato\t*\t\t2\t\t\tx\n", "yamato\t*\t沖縄県\t2\n"}) {
        const auto read = read_carrier_days(head + all + row);
        REQUIRE_FALSE(read);
        CHECK(read.error().detail == "record 2");
    }
    CHECK_FALSE(read_carrier_days(head + "yamato\t*\t*\t1\t\t\tx\n"));
}

TEST_CASE("the delivered table promises nothing that nobody said") {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/assets/carriers/days.tsv", std::ios::binary);
    const auto read = read_carrier_days(std::string{std::istreambuf_iterator<char>(file), {}});
    REQUIRE(read);
    for (const auto& row : read.value())
        CHECK_MESSAGE((row.source.starts_with("assumed") || row.source.size() > 10), row.to);
}
