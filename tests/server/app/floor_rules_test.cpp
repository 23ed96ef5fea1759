#include "server/app/floor_rules.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "places.hpp"

using namespace kenpin;
namespace fs = std::filesystem;

TEST_CASE("the tables that we ship are read whole") {
    const auto rules = app::read_floor_rules(fs::path(KENPIN_SOURCE_ROOT) / "assets");
    if (!rules) FAIL(rules.error().detail);
    CHECK(rules.value().postcodes.size() > 120'000);
    CHECK(rules.value().words.rows.size() > 20);
    CHECK(rules.value().flags.size() > 20);
    CHECK(rules.value().carriers.services.size() > 8);
    CHECK(rules.value().texts.widths.size() == 3);
    CHECK(rules.value().matching.forms.size() > 50);
}

TEST_CASE("a table that is missing or damaged is named") {
    const auto missing = app::read_floor_rules("/nowhere");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().detail == "/nowhere/handling/words.tsv");

    std::string name = (fs::temp_directory_path() / "kenpin-assets-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    fs::copy(fs::path(KENPIN_SOURCE_ROOT) / "assets", name, fs::copy_options::recursive);
    std::ofstream(fs::path(name) / "carriers/widths.tsv") << "carrier\nyamato\n";
    const auto damaged = app::read_floor_rules(name);
    fs::remove_all(name);
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().detail == "carriers/widths.tsv: widths, record 1");
}
