#include "printers/encode/zpl_status.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin::encode;

namespace {

const std::string ready =
    "\x02"
    "030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n"
    "\x02"
    "001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n"
    "\x02"
    "1234,0\x03\r\n";
const std::string trouble =
    "\x02"
    "030,1,1,1245,003,0,0,1,000,0,0,1\x03\r\n"
    "\x02"
    "001,0,1,1,1,2,6,1,00000007,1,000\x03\r\n"
    "\x02"
    "1234,0\x03\r\n";
const std::string errors =
    "\x02\r\n  PRINTER STATUS\r\n   ERRORS:         1 00000000 00000005\r\n"
    "   WARNINGS:       1 00000000 00000008\r\n\x03";

std::vector<Condition> conditions(const PrinterStatus& status) {
    return status.conditions;
}

}  // namespace

TEST_CASE("a ready printer is ready and has nothing left to print") {
    ZplStatusParser parser;
    const auto all = parser.feed(ready);
    REQUIRE(all.size() == 1);
    CHECK(all.front().can_print());
    CHECK(all.front().is_drained());
    CHECK(conditions(all.front()).empty());
}

TEST_CASE("every trouble of a status answer is named, and waiting labels are counted") {
    const auto all = ZplStatusParser().feed(trouble);
    REQUIRE(all.size() == 1);
    const auto& status = all.front();
    CHECK_FALSE(status.can_print());
    CHECK_FALSE(status.is_drained());
    CHECK(status.formats_waiting == 3);
    CHECK(status.labels_remaining == 7);
    CHECK(status.is_partial_format);
    CHECK(conditions(status) == std::vector<Condition>{Condition::paused, Condition::busy,
                                                       Condition::media_out, Condition::ribbon_out,
                                                       Condition::head_open, Condition::head_too_hot,
                                                       Condition::label_waiting});
}

TEST_CASE("the error report names media out and an open head, and proves nothing about paper") {
    const auto all = ZplStatusParser().feed(errors);
    REQUIRE(all.size() == 1);
    CHECK(conditions(all.front()) ==
          std::vector<Condition>{Condition::media_out, Condition::media_low, Condition::head_open});
    CHECK_FALSE(all.front().is_drained());
    CHECK_FALSE(all.front().can_print());
}

TEST_CASE("answers are understood at every split, and glued together") {
    const auto stream = ready + errors + trouble;
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        ZplStatusParser parser;
        auto all = parser.feed(stream.substr(0, cut));
        const auto rest = parser.feed(stream.substr(cut));
        all.insert(all.end(), rest.begin(), rest.end());
        REQUIRE(all.size() == 3);
        CHECK(all[0].can_print());
        CHECK(all[1].is_only_errors);
        CHECK(all[2].labels_remaining == 7);
    }
    ZplStatusParser by_bytes;
    std::size_t seen = 0;
    for (const char c : stream) seen += by_bytes.feed(std::string(1, c)).size();
    CHECK(seen == 3);
}

TEST_CASE("an answer that lost its beginning is skipped, the next one counts") {
    ZplStatusParser parser;
    CHECK(parser.feed(ready.substr(20)).empty());
    CHECK(parser.feed(ready).size() == 1);
}

TEST_CASE("no bytes at all break the reader of answers") {
    CHECK(rc::check("garbage", [](const std::string& garbage) {
        ZplStatusParser parser;
        (void)parser.feed("\x02" + garbage + "\x03");
        (void)parser.feed(
            "\x02"
            "1,2,3,4,5,6,7,8,9,10,11," +
            garbage + "\x03");
        (void)parser.feed("\x02" + std::string(5'000, ','));
        RC_ASSERT(parser.feed(ready).size() == 1U);
    }));
}
