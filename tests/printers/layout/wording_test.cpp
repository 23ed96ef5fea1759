#include "printers/layout/wording.hpp"

#include <doctest/doctest.h>

using namespace kenpin::layout;

TEST_CASE("fields stand in braces, doubled braces are braces") {
    const Values values{{"code", "A-01"}, {"zone", "冷蔵"}};
    CHECK(filled(wording_of("棚 {code}({zone}{none})").value(), values) == "棚 A-01(冷蔵)");
    CHECK(filled(wording_of("{{{code}}}").value(), values) == "{A-01}");
    CHECK(filled(wording_of("").value(), values).empty());
    for (const char* wrong : {"{", "}", "{code", "code}", "{}", "{Code}", "{a b}", "{{code}", "{co{de}}"})
        CHECK_FALSE(wording_of(wrong));
}

TEST_CASE("a value is never read as a template") {
    CHECK(filled(wording_of("{code}").value(), {{"code", "{zone}"}, {"zone", "x"}}) == "{zone}");
}

TEST_CASE("conditions ask for a field, its absence, or what it says") {
    const Values values{{"kind", "A"}, {"empty", ""}};
    const auto so = [&](const char* text) { return holds(condition_of(text).value(), values); };
    CHECK(so("kind"));
    CHECK_FALSE(so("empty"));
    CHECK(so("!empty"));
    CHECK(so("!none"));
    CHECK(so("kind=A"));
    CHECK_FALSE(so("kind=B"));
    CHECK(so("kind!=B"));
    CHECK(so("none="));
    for (const char* wrong : {"", "!", "=", "!=A", "Kind", "!!kind", "ki nd"})
        CHECK_FALSE(condition_of(wrong));
}

TEST_CASE("no control character is lost: each shows as its picture, a line break breaks") {
    CHECK(shown_text("a\tb\x01\x7F") == "a␉b␁␡");
    CHECK(shown_text("a\r\nb\nc\rd") == "a\nb\nc␍d");
    CHECK(shown_text(std::string("a\0b", 3)) == "a␀b");
    CHECK(shown_text("髙𠮷😀") == "髙𠮷😀");
}

TEST_CASE("a name that runs down is cut between characters, never inside one") {
    using Columns = std::vector<std::vector<std::string>>;
    CHECK(columns_down("山田\n花子") == Columns{{"山", "田"}, {"花", "子"}});
    CHECK(columns_down("葛\xF3\xA0\x84\x80城") == Columns{{"葛\xF3\xA0\x84\x80", "城"}});
    CHECK(columns_down("か\xE3\x82\x99") == Columns{{"か\xE3\x82\x99"}});
    CHECK(columns_down("👩‍👩‍👧") == Columns{{"👩‍👩‍👧"}});
    CHECK(columns_down("タロー(株)") == Columns{{"タ", "ロ", "︱", "︵", "株", "︶"}});
    CHECK(columns_down("").empty());
    CHECK(columns_down("\xFF\xE3") == Columns{{"\xFF", "\xE3"}});
}
