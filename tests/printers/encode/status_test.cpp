#include "printers/encode/status.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kenpin::encode;

TEST_CASE("what is wrong is noted once, in one order, and says whether the next label prints") {
    PrinterStatus status;
    CHECK(status.can_print());
    status.note(Condition::media_low);
    status.note(Condition::busy);
    CHECK(status.can_print());
    status.note(Condition::wrong_media);
    status.note(Condition::busy);
    CHECK_FALSE(status.can_print());
    CHECK(status.conditions ==
          std::vector<Condition>{Condition::busy, Condition::media_low, Condition::wrong_media});
    CHECK(to_text(Condition::wrong_media) == std::string("wrong_media"));
}
