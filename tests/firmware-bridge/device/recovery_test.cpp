// The recovery ladder by itself.
#include "firmware-bridge/device/recovery.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::device;

namespace {

std::vector<Remedy> on_each(Recovery& ladder, Trouble trouble, int times) {
    std::vector<Remedy> remedies;
    for (int i = 0; i < times; ++i) remedies.push_back(ladder.on(trouble));
    return remedies;
}

const std::vector<Remedy> three_pauses{ListenAgain{Millis{10}}, ListenAgain{Millis{50}},
                                       ListenAgain{Millis{250}}};

}  // namespace

TEST_CASE("a stall is cleared at once, and only a pipe that stalls on and on climbs the ladder") {
    Recovery ladder;
    CHECK(on_each(ladder, Trouble::stall, 3) == std::vector<Remedy>(3, ClearHalt{}));
    CHECK(ladder.on(Trouble::stall) == Remedy{ListenAgain{Millis{10}}});
}

TEST_CASE("a transfer that fails is tried three times with longer pauses, then the device is opened anew") {
    for (const auto trouble : {Trouble::error, Trouble::overflow, Trouble::no_answer}) {
        Recovery ladder;
        CHECK(on_each(ladder, trouble, 3) == three_pauses);
        CHECK(ladder.on(trouble) == Remedy{Reopen{Recovery::reopen_after}});
    }
}

TEST_CASE("a device that was opened anew gets the same tries once more, then a person must look at it") {
    Recovery ladder;
    on_each(ladder, Trouble::error, 4);
    CHECK(on_each(ladder, Trouble::error, 3) == three_pauses);
    CHECK(ladder.on(Trouble::error) == Remedy{GiveUp{}});
}

TEST_CASE("one good transfer forgives everything before it") {
    Recovery ladder;
    on_each(ladder, Trouble::error, 7);
    ladder.on_good_transfer();
    CHECK(on_each(ladder, Trouble::error, 3) == three_pauses);
    CHECK(ladder.on(Trouble::error) == Remedy{Reopen{Recovery::reopen_after}});
}

TEST_CASE("nothing is tried on a device that is gone, however far the ladder was climbed") {
    for (int before = 0; before < 8; ++before) {
        Recovery ladder;
        on_each(ladder, Trouble::error, before);
        CHECK(ladder.on(Trouble::gone) == Remedy{LetGo{}});
    }
}
