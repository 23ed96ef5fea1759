#include "tests/bench/line.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace kenpin::bench;
using nlohmann::json;

TEST_CASE("a figure twice as good as its aim has the ratio 2, half as good 0.5") {
    CHECK(json::parse(value_line("import", 5, "s", 10))["ratio"] == 2);
    CHECK(json::parse(value_line("import", 20, "s", 10))["ratio"] == 0.5);
    CHECK(json::parse(latency_line("ack", {1, 2, 3, 4}, "p99_ms", 12))["ratio"] == 3);
}

TEST_CASE("where more is better the ratio turns round") {
    CHECK(ratio(5'000, 10'000, Better::more) == 2);
    CHECK(ratio(5'000, 2'500, Better::more) == 0.5);
}

TEST_CASE("without an aim, or where nothing was measured, there is no ratio") {
    CHECK_FALSE(json::parse(value_line("load", 3, "processes")).contains("ratio"));
    CHECK_FALSE(json::parse(value_line("import", 0, "s", 10)).contains("ratio"));
}
