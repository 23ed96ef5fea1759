#include "printers/encode/tpcl.hpp"

#include <doctest/doctest.h>

#include "tests/printers/encode/conversation.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

// "SOH STX status kind remaining ETX EOT CR LF", as the specifications draw it.
std::string status(const std::string& code, char kind, const std::string& remaining = "0000") {
    return "\x01\x02" + code + kind + remaining + "\x03\x04\r\n";
}
const auto idle = status("00", '1');
const auto ended = status("40", '2');

std::size_t proven_after(Dialogue& talk, const std::string& bytes) {
    (void)talk.hear(bytes);
    return talk.take_proven().size();
}

}  // namespace

TEST_CASE("a TEC says what is wrong, how many are left, and whether it was asked") {
    const auto all = TpclStatusParser().feed("\x01" + status("13", '2', "0003") + status("02", '1', "0012"));
    REQUIRE(all.size() == 2);
    CHECK(all[0].status.conditions == std::vector{Condition::media_out});
    CHECK(all[0].status.labels_remaining == 3);
    CHECK(all[0].is_unasked);
    CHECK(all[1].status.conditions == std::vector{Condition::busy});
    CHECK(all[1].status.labels_remaining == 12);
    CHECK(TpclStatusParser()
              .feed("\x01\x02"
                    "0X10000\x03\x04\r\n")
              .empty());
    CHECK(TpclStatusParser().feed(status("99", '1')).at(0).status.has(Condition::needs_attention));
}

TEST_CASE("each '40' that comes unasked proves one job, in their order") {
    const auto talk = tpcl.dialogue({}, {});
    (void)talk->hear(idle);
    talk->sent({1, ""});
    talk->sent({2, ""});
    CHECK(proven_after(*talk, status("40", '1')) == 0);  // the answer to a question is only how it is
    CHECK(proven_after(*talk, status("02", '1', "0001")) == 0);
    (void)talk->hear(ended + idle);
    CHECK(talk->take_proven() == std::vector<JobMark>{{1, ""}});
    (void)talk->hear(ended);
    CHECK(talk->take_proven() == std::vector<JobMark>{{2, ""}});
}

TEST_CASE("a '40' on a connection that found the printer at work may be an older job's, and proves nothing") {
    const auto talk = tpcl.dialogue({}, {});
    (void)talk->hear(status("02", '1', "0001"));
    talk->sent({2, ""});
    CHECK(proven_after(*talk, ended) == 0);
    CHECK(proven_after(*talk, idle + ended) == 0);  // idle, but with our job on its way
}

TEST_CASE("a job that was cancelled at the printer does not take the next one's '40'") {
    const auto talk = tpcl.dialogue({}, {});
    for (int asked = 0; asked < 9; ++asked) (void)talk->hear(idle);
    talk->sent({0, ""});
    (void)talk->hear(idle + ended);  // it had not begun when it was asked
    CHECK(talk->take_proven().size() == 1);
    talk->sent({1, ""});
    for (int asked = 0; asked < 4; ++asked) (void)talk->hear(idle);
    talk->sent({2, ""});
    (void)talk->hear(status("02", '1', "0001") + ended);
    CHECK(talk->take_proven() == std::vector<JobMark>{{2, ""}});
}

TEST_CASE("a job says its size in tenths of a mm, and that it wants to be told when it has ended") {
    Bitmap bitmap(800, 1'200);
    const auto job = tpcl.encode({.bitmap = bitmap}).value();
    CHECK(
        job.starts_with("{D1530,1000,1500|}\r\n{AX;+000,+000,+00|}\r\n{AY;+00,1|}\r\n{C|}\r\n"
                        "{SG;0000,0000,0800,1200,1,"));
    CHECK(job.ends_with("{XS;I,0001,0002C4001|}\r\n"));
    const auto narrow = tpcl.encode({.bitmap = bitmap, .head = {.dots_per_m = 12'000}}).value();
    CHECK(narrow.starts_with("{D1030,0667,1000|}"));
    const Media endless{.length_dots = 8'000};
    CHECK_FALSE(tpcl.encode({.bitmap = bitmap, .media = endless}));
}
