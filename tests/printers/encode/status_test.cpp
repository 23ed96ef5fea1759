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

TEST_CASE("of several things wrong the floor hears the one to mend first, and nothing of a printer at work") {
    const auto word = [](std::initializer_list<Condition> conditions) {
        PrinterStatus status;
        for (const auto condition : conditions) status.note(condition);
        return std::string(floor_word(status));
    };
    CHECK(word({}) == "ready");
    CHECK(word({Condition::busy}) == "ready");
    CHECK(word({Condition::media_low, Condition::busy}) == "media_low");
    CHECK(word({Condition::media_low, Condition::paused}) == "paused");
    CHECK(word({Condition::media_out, Condition::paused, Condition::needs_attention}) == "media_out");
    CHECK(word({Condition::media_out, Condition::head_open}) == "head_open");
    CHECK(word({Condition::needs_attention}) == "error");
    for (const auto condition : {Condition::paused, Condition::media_out, Condition::ribbon_out,
                                 Condition::head_open, Condition::head_too_hot, Condition::jam,
                                 Condition::cutter_fault, Condition::label_waiting, Condition::wrong_media})
        CHECK(word({condition}) == to_text(condition));
}
