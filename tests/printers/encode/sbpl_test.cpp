#include "printers/encode/sbpl.hpp"

#include <doctest/doctest.h>

#include "tests/printers/encode/conversation.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

// As the CL4NX reference prints them: Status 3 (with the size that "legacy status" puts in front), Status 4.
const std::string status_3 = std::string("\x02") + "07G000098\x03";
const std::string legacy_3 = std::string("\0\0\0\x0b", 4) + status_3;
const std::string status_4 = std::string("\0\0\0\x1c\x05\x02", 6) + "05c000098SATO            \x03";

std::vector<SbplReply> replies(const std::string& bytes) {
    return SbplStatusParser().feed(bytes);
}

std::string waiting(const std::string& id) {
    return "\x02" + id + "A000000\x03";
}
std::string printing(const std::string& id, const std::string& left = "000001") {
    return "\x02" + id + "G" + left + "\x03";
}

std::size_t proven_after(Dialogue& talk, const std::string& bytes) {
    (void)talk.hear(bytes);
    return talk.take_proven().size();
}

}  // namespace

TEST_CASE("a SATO says which job it prints, how many are left, and what is wrong") {
    const auto all = replies(status_3 + legacy_3 + status_4);
    REQUIRE(all.size() == 3);
    for (const auto i : {0, 1}) {
        CHECK(all[static_cast<std::size_t>(i)].id == "07");
        CHECK(all[static_cast<std::size_t>(i)].status.labels_remaining == 98);
        CHECK(all[static_cast<std::size_t>(i)].status.conditions == std::vector{Condition::busy});
    }
    CHECK(all[2].name == "SATO");
    CHECK(all[2].status.conditions == std::vector{Condition::media_out});
}

TEST_CASE("each letter of a SATO has its meaning") {
    const auto conditions = [](char letter) {
        return replies(std::string("\x02  ") + letter + "000000\x03").at(0).status.conditions;
    };
    CHECK(conditions('A').empty());
    CHECK(conditions('B') == std::vector{Condition::media_low});
    CHECK(conditions('0') == std::vector{Condition::paused});
    CHECK(conditions('M') == std::vector{Condition::label_waiting});
    CHECK(conditions('S') == std::vector{Condition::busy});
    CHECK(conditions('b') == std::vector{Condition::head_open});
    CHECK(conditions('d') == std::vector{Condition::ribbon_out});
    CHECK(conditions('j') == std::vector{Condition::cutter_fault});
    CHECK(replies("\x02  Z000000\x03").empty());
    CHECK(replies("\x02  A0000\x03").empty());
}

TEST_CASE("a SATO that waits for data has proven only the jobs that it has named") {
    const auto talk = sbpl.dialogue({}, {});
    talk->sent({107, "S1-1"});
    CHECK(proven_after(*talk, waiting("  ")) == 0);  // it may not have looked at the job yet
    CHECK(proven_after(*talk, printing("07")) == 0);
    talk->sent({108, "S2-1"});
    CHECK(proven_after(*talk, waiting("  ")) == 1);
    CHECK(proven_after(*talk, waiting("  ")) == 0);
    CHECK(proven_after(*talk, waiting("08")) == 1);
}

TEST_CASE("a job that was never named is left to the scan, also when a later one was") {
    const auto talk = sbpl.dialogue({}, {});
    talk->sent({99, ""});
    talk->sent({100, ""});
    CHECK(proven_after(*talk, printing("00")) == 0);
    (void)talk->hear(waiting("  "));
    CHECK(talk->take_proven() == std::vector<JobMark>{{100, ""}});
}

TEST_CASE("a job that was stopped and is gone when the printer waits again may have been cancelled there") {
    const auto talk = sbpl.dialogue({}, {});
    talk->sent({7, ""});
    CHECK(proven_after(*talk, printing("07") + "\x02"
                                               "07c000001\x03") == 0);
    CHECK(proven_after(*talk, waiting("  ")) == 0);
    talk->sent({8, ""});
    CHECK(proven_after(*talk,
                       "\x02"
                       "08c000001\x03" +
                           printing("08") + waiting("  ")) == 1);
}

TEST_CASE("another station's job with the same number proves nothing where jobs have names") {
    const auto talk = sbpl.dialogue({}, {});
    talk->sent({7, "S1-1"});
    CHECK(proven_after(*talk,
                       "\x02"
                       "07G000001S9-1            \x03" +
                           waiting("  ")) == 0);
    CHECK(proven_after(*talk,
                       "\x02"
                       "07G000001S1-1            \x03" +
                           waiting("  ")) == 1);
}

TEST_CASE("settings go before the label as an item of their own, and the label is padded to whole blocks") {
    Bitmap bitmap(9, 9);
    bitmap.blacken(8, 8);
    const auto job = sbpl.encode({.bitmap = bitmap, .media = {.width_dots = 16, .length_dots = 20}}).value();
    CHECK(
        job.starts_with("\x02\x1b"
                        "A\x1bPH1\x1bIG1\x1bPM1\x1b#F05\x1bZ\x03\x02\x1b"
                        "A\x1b"
                        "A3"));
    CHECK(job.find("\x1bGB002002") != std::string::npos);
    const auto half = sbpl.printer({}, {});
    const auto events = half->receive(job);
    REQUIRE(events.size() == 1);
    const auto& label = std::get<ReceivedLabel>(events.front());
    CHECK(label.bitmap.width_dots == 16);
    CHECK(label.bitmap.height_dots == 20);
    CHECK(label.settings.size() == 7);
    CHECK_FALSE(sbpl.encode({.bitmap = bitmap, .media = {.width_dots = 16, .length_dots = 10'000}}));
}
