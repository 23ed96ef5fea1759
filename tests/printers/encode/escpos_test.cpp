#include "printers/encode/escpos.hpp"

#include <doctest/doctest.h>

#include "tests/printers/encode/conversation.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

std::vector<Condition> conditions(const std::string& four) {
    const auto talk = escpos.dialogue({}, {});
    (void)talk->question(0);
    REQUIRE(talk->hear(four) == 1);
    return talk->status()->conditions;
}

}  // namespace

TEST_CASE("four bytes say what is wrong with a receipt printer") {
    CHECK(conditions("\x12\x12\x12\x12").empty());
    CHECK(conditions("\x1a\x16\x12\x12") == std::vector{Condition::head_open});
    CHECK(conditions("\x1a\x32\x12\x72") == std::vector{Condition::media_out});
    CHECK(conditions("\x12\x12\x12\x1e") == std::vector{Condition::media_low});
    CHECK(conditions("\x1a\x52\x1a\x12") == std::vector{Condition::cutter_fault});
    CHECK(conditions("\x1a\x12\x12\x12") == std::vector{Condition::paused});
}

TEST_CASE("what is left of an older round is dropped, and what is no answer is skipped") {
    const auto talk = escpos.dialogue({}, {});
    CHECK(talk->hear("\x12\x12\x12\x12") == 0);  // nobody has asked
    (void)talk->question(0);
    CHECK(talk->hear("\x1a\x16") == 0);
    CHECK_FALSE(talk->is_answered());
    (void)talk->question(0);
    CHECK(talk->hear("\x11\x12\x13\x12\x12\x12") == 1);  // XON and XOFF between
    CHECK(talk->status()->can_print());
}

TEST_CASE("a long label goes in bands, and a label ends with its gap, its cut or its feed") {
    Bitmap bitmap(8, 300);
    bitmap.blacken(0, 299);
    LabelJob job{.bitmap = bitmap};
    const auto gap = escpos.encode(job).value();
    CHECK(gap.find(std::string("\x1dv0\0\x01\0\0\x01", 8)) != std::string::npos);
    CHECK(gap.find(std::string("\x1dv0\0\x01\0\x2c\0", 8)) != std::string::npos);
    CHECK(gap.ends_with("\x1d\x0c"));
    job.media.tracking = Tracking::continuous;
    CHECK(
        escpos.encode(job).value().ends_with("\x1b"
                                             "d\x05"));
    job.settings.after = After::cut;
    CHECK(escpos.encode(job).value().ends_with(std::string("\x1dV\x42\0", 4)));
    const auto half = escpos.printer(job.media, {});
    const auto events = half->receive(escpos.encode(job).value());
    REQUIRE(events.size() == 1);
    CHECK(std::get<ReceivedLabel>(events.front()).bitmap.height_dots == 300);
}
