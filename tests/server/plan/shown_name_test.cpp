#include "server/plan/shown_name.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kenpin::plan;

TEST_CASE("a name that is no text is shown without what is not, and cannot break a line") {
    CHECK(shown_name("受注.csv") == "受注.csv");
    CHECK(shown_name("a\nb\x7f.csv") == "a?b?.csv");
    CHECK(shown_name("\x8e\xf3.csv") == "??.csv");
    CHECK(shown_name("\xed\xa0\x80\xc0\xaf") == "?????");
    CHECK(shown_name("𠮷.csv") == "𠮷.csv");
    CHECK(shown_name("a\u009b31m\u202e.csv") == "a?31m?.csv");  // a terminal would obey both
    CHECK(shown_name(std::string(5'000, 'a') + ".csv") == std::string(255, 'a') + "…");
    CHECK(shown_name(std::string(254, 'a') + "受注.csv") ==
          std::string(254, 'a') + "…");  // no half character
}
