#include "printers/encode/brother.hpp"

#include <doctest/doctest.h>

#include "tests/printers/encode/conversation.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

// A QL-1110NWB with the roll of 103 x 164 mm: 1296 pins at 300 dpi, of which the first 56 do not print.
constexpr Head ql1110{.dots_per_m = 11'811, .width_dots = 1'296, .right_margin_dots = 56};
constexpr Media dk1247{.width_dots = 1'216, .length_dots = 1'937};

std::string reply(char kind, char width, char length, char error_1 = 0, char error_2 = 0) {
    std::string out(32, '\0');
    out.replace(0, 6, "\x80\x20\x42\x34\x44\x30", 6);
    out[8] = error_1;
    out[9] = error_2;
    out[10] = width;
    out[11] = 0x0B;
    out[17] = static_cast<char>(length);
    out[18] = kind;
    return out;
}
const auto right_roll = reply(0, 103, static_cast<char>(164));
const auto completed = reply(1, 103, static_cast<char>(164));

std::size_t proven_after(Dialogue& talk, const std::string& bytes) {
    (void)talk.hear(bytes);
    return talk.take_proven().size();
}

}  // namespace

TEST_CASE("a Brother says what is wrong and which roll is loaded") {
    const auto all = BrotherStatusParser().feed("noise" + right_roll + reply(2, 103, 0, 2, 0x10));
    REQUIRE(all.size() == 2);
    CHECK(all[0].status.conditions.empty());
    CHECK(all[0].width_mm == 103);
    CHECK(all[0].length_mm == 164);
    CHECK(all[1].kind == BrotherReply::Kind::error);
    CHECK(all[1].status.conditions == std::vector{Condition::media_out, Condition::head_open});
}

TEST_CASE("'printing completed' proves one label each, after the roll was found right") {
    const auto talk = brother.dialogue(dk1247, ql1110);
    CHECK(talk->question(0) == "\x1biS");
    CHECK(proven_after(*talk, right_roll) == 0);
    CHECK(talk->is_answered());
    talk->sent({1, ""});
    talk->sent({2, ""});
    CHECK(talk->question(0).empty());  // never asked while it prints
    CHECK(proven_after(*talk, completed) == 1);
    CHECK(talk->question(0).empty());
    CHECK(proven_after(*talk, completed) == 1);
    CHECK_FALSE(talk->question(0).empty());
}

TEST_CASE("'printing completed' on a wrong roll, or on one that nobody looked at, proves nothing") {
    const auto unasked = brother.dialogue(dk1247, ql1110);
    unasked->sent({1, ""});
    CHECK(proven_after(*unasked, completed) == 0);

    const auto wrong = brother.dialogue(dk1247, ql1110);
    (void)wrong->question(0);
    (void)wrong->hear(reply(0, 62, 0));
    REQUIRE(wrong->status().has_value());
    CHECK(wrong->status()->has(Condition::wrong_media));
    CHECK_FALSE(wrong->status()->can_print());
    wrong->sent({1, ""});
    CHECK(proven_after(*wrong, reply(1, 62, 0)) == 0);
}

TEST_CASE("a label that an error stopped is left to the scan: what is completed next may be another") {
    const auto talk = brother.dialogue(dk1247, ql1110);
    (void)talk->question(0);
    (void)talk->hear(right_roll);
    talk->sent({1, ""});
    (void)talk->hear(reply(2, 103, static_cast<char>(164), 0, 0x10));
    CHECK(talk->status()->has(Condition::head_open));
    CHECK_FALSE(talk->question(0).empty());
    CHECK(proven_after(*talk, completed) == 0);
    (void)talk->question(0);
    (void)talk->hear(right_roll);
    CHECK(talk->status()->can_print());
    talk->sent({2, ""});
    (void)talk->hear(completed);
    CHECK(talk->take_proven() == std::vector<JobMark>{{2, ""}});
}

TEST_CASE(
    "a Brother that never reports by itself is asked again after a while, and its labels are left to the "
    "scan") {
    const auto talk = brother.dialogue(dk1247, ql1110);
    (void)talk->question(0);
    (void)talk->hear(right_roll);
    talk->sent({1, ""});
    int rounds = 0;
    while (talk->question(0).empty() && rounds < 1'000) ++rounds;
    CHECK(rounds == 119);
    CHECK(proven_after(*talk, completed) == 0);
}

TEST_CASE("rows are as wide as the head, mirrored, behind the margin that never prints") {
    Bitmap bitmap(1'200, 2);
    bitmap.blacken(1'199, 0);
    const auto job = brother.encode({.bitmap = bitmap, .media = dk1247, .head = ql1110}).value();
    // the label is 16 dots narrower than the roll: pins 56 + 16 = 72, in the tenth byte
    const auto row = job.find(std::string("M\x02g\0", 4));
    REQUIRE(row != std::string::npos);
    // nine white bytes, one with its first pin, 152 white ones; an empty row; print
    CHECK(job.substr(row + 4) == std::string("\x08\xf8\0\0\x80\x81\0\xe9\0Z\x1a", 11));
    const auto half = brother.printer(dk1247, ql1110);
    const auto events = half->receive(job);
    REQUIRE(events.size() == 1);
    CHECK(std::get<ReceivedLabel>(events.front()).bitmap.is_black(1'199, 0));
    CHECK_FALSE(brother.encode({.bitmap = bitmap, .media = dk1247, .head = {.width_dots = 1'200}}));
}

TEST_CASE("what the language has no word for is refused, not left to chance") {
    const Bitmap bitmap(8, 8);
    LabelJob job{.bitmap = bitmap};
    job.media.tracking = Tracking::black_mark;
    CHECK_FALSE(brother.encode(job));
    job.media = {.ribbon = Ribbon::thermal_transfer};
    CHECK_FALSE(brother.encode(job));
    job.media = {};
    job.settings.after = After::peel_off;
    CHECK_FALSE(brother.encode(job));
}
