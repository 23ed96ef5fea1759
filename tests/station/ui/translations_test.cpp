#include "station/ui/translations.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using ui::Translations;

TEST_CASE("a text gets its slots filled in the order of its language") {
    const auto table = Translations::parse("# comment\na.b\t{1}のうち{0}\n\n");
    REQUIRE(table);
    CHECK(table.value()("a.b", {"2", "5"}) == "5のうち2");
    CHECK(table.value().missing().empty());
}

TEST_CASE("a missing text shows its key and is remembered") {
    const auto table = Translations::parse("a\tA\n").value();
    CHECK(table("b") == "<b>");
    CHECK(table.missing().contains("b"));
}

TEST_CASE("a table with a broken line or a key twice is refused with its line") {
    CHECK(Translations::parse("a\tA\nb B\n").error().detail == "line 2: no key or text");
    CHECK(Translations::parse("a\tA\na\tB\n").error().detail == "line 2: key twice");
    CHECK_FALSE(Translations::load("no/such/table.tsv"));
}

TEST_CASE("the characters to bake are the code points of the text, also beyond the basic plane") {
    CHECK(ui::characters_of("aé梱𠮷") == std::set<char32_t>{U'a', U'é', U'梱', U'𠮷'});
    CHECK(ui::slots_of("{0} {1} {0} {x}") == std::multiset<int>{0, 0, 1});
}
