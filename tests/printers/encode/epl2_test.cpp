#include "printers/encode/epl2.hpp"

#include <doctest/doctest.h>

#include "tests/printers/encode/conversation.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

std::vector<Condition> conditions(const std::string& answer) {
    const auto talk = epl2.dialogue({}, {});
    (void)talk->question(0);
    REQUIRE(talk->hear(answer) == 1);
    CHECK(talk->is_answered());
    return talk->status()->conditions;
}

}  // namespace

TEST_CASE("an old Zebra answers with codes of two digits, several at once") {
    CHECK(conditions("00\r\n").empty());
    CHECK(conditions("07\r\n") == std::vector{Condition::media_out});
    CHECK(conditions("07,11\r\n") == std::vector{Condition::media_out, Condition::head_open});
    CHECK(conditions("12\r\n") == std::vector{Condition::paused});
    CHECK(conditions("01\r\n") == std::vector{Condition::needs_attention});
}

TEST_CASE("what is no answer is skipped, however long it is") {
    const auto talk = epl2.dialogue({}, {});
    (void)talk->question(0);
    CHECK(talk->hear("LP2844 V4.45\r\n7\r\n07,\r\n" + std::string(10'000, '0') + "\r\n") == 0);
    CHECK_FALSE(talk->is_answered());
    CHECK(talk->hear("00\r\n") == 1);
}

TEST_CASE("a job ends what was left, sets its modes before it clears the picture, and white is one") {
    Bitmap bitmap(9, 1);
    bitmap.blacken(8, 0);
    const auto job = epl2.encode({.bitmap = bitmap, .settings = {.speed_inch_per_s = 14}}).value();
    CHECK(job == std::string("\r\nq800\r\nQ1200,24\r\nS4\r\nD7\r\nZT\r\nR0,0\r\nOD\r\nN\r\n") +
                     "GW0,0,2,1,\xff\x7f\r\nP1\r\n");
}
