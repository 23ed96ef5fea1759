#include "printers/encode/tspl.hpp"

#include <doctest/doctest.h>

#include "tests/printers/encode/conversation.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

std::vector<Condition> conditions(const std::string& four) {
    return TsplStatusParser().feed("\x02" + four + "\x03\r\n").at(0).status.conditions;
}

}  // namespace

TEST_CASE("a TSC says in four bytes what it does and what is wrong") {
    CHECK(conditions("@@@@").empty());
    CHECK(conditions("`@@@") == std::vector{Condition::paused});
    CHECK(conditions("P@@@") == std::vector{Condition::busy});
    CHECK(conditions("L@@@") == std::vector{Condition::label_waiting});
    CHECK(conditions("E@@A") == std::vector{Condition::media_out});
    CHECK(conditions("E@@`") == std::vector{Condition::head_open});
    CHECK(conditions("E@H@") == std::vector{Condition::cutter_fault});
    CHECK(conditions("E@AE") ==
          std::vector{Condition::media_out, Condition::ribbon_out, Condition::head_too_hot});
    CHECK(conditions("E@@@") == std::vector{Condition::needs_attention});
}

TEST_CASE("an older TSC answers the second question with one byte; without the question a byte is noise") {
    const auto talk = tspl.dialogue({}, {});
    CHECK(talk->question(0) == "\x1b!S");
    CHECK(talk->hear("\x05") == 0);
    CHECK(talk->question(1) == "\x1b!?");
    CHECK(talk->hear("\x05") == 1);
    CHECK(talk->status()->conditions == std::vector{Condition::media_out, Condition::head_open});
    CHECK(talk->is_answered());
    CHECK(talk->hear("\x05") == 0);
}

TEST_CASE("the byte of a paper jam looks like the start of the long answer, and is told by what follows") {
    const auto talk = tspl.dialogue({}, {});
    (void)talk->question(0);
    (void)talk->question(1);
    CHECK(talk->hear("\x02") == 0);  // it may be the long answer
    (void)talk->question(0);
    (void)talk->question(1);
    CHECK(talk->hear("\x02") == 1);
    CHECK(talk->status()->has(Condition::jam));
}

TEST_CASE("a job sets every mode in mm and words, and white is one") {
    Bitmap bitmap(9, 1);
    bitmap.blacken(8, 0);
    const auto job = tspl.encode({.bitmap = bitmap}).value();
    CHECK(job.starts_with(
        "\r\nSIZE 100 mm,150 mm\r\nGAP 3 mm,0 mm\r\nSPEED 4\r\nDENSITY 7\r\nDIRECTION 0\r\n"));
    CHECK(job.ends_with("CLS\r\nBITMAP 0,0,2,1,0,\xff\x7f\r\nPRINT 1,1\r\n"));
    const auto odd = tspl.encode({.bitmap = bitmap, .media = {.width_dots = 37, .length_dots = 20}}).value();
    CHECK(odd.find("SIZE 4.625 mm,2.500 mm") != std::string::npos);
}
