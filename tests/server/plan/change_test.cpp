#include "server/plan/change.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::plan;
using domain::WorkState;

namespace {

ChangeCase at(WorkState work, bool has_closed_piece = false) {
    ChangeCase one;
    one.states.work = work;
    one.has_closed_piece = has_closed_piece;
    return one;
}

}  // namespace

TEST_CASE("an order whose work has not begun is changed, also when it was cancelled before") {
    CHECK(judge_change({at(WorkState::waiting)}, false) == ChangeAnswer::changed);
    CHECK(judge_change({at(WorkState::cancelled), at(WorkState::waiting)}, false) == ChangeAnswer::changed);
}

TEST_CASE("an order in work is stopped and planned anew, to the last piece before a box is closed") {
    CHECK(judge_change({at(WorkState::in_work)}, false) == ChangeAnswer::stopped);
    CHECK(judge_change({at(WorkState::picked), at(WorkState::waiting)}, false) == ChangeAnswer::stopped);
}

TEST_CASE("one box of the order that is closed or has left makes it too late for the whole order") {
    CHECK(judge_change({at(WorkState::waiting), at(WorkState::shipped)}, false) == ChangeAnswer::too_late);
    CHECK(judge_change({at(WorkState::verified)}, false) == ChangeAnswer::too_late);
    CHECK(judge_change({at(WorkState::picked, true)}, false) == ChangeAnswer::too_late);
}

TEST_CASE("the same content changes nothing, unless its goods are short: then it is planned anew") {
    CHECK(judge_change({at(WorkState::shipped)}, true) == ChangeAnswer::unchanged);
    auto lacking = at(WorkState::picked);
    lacking.states.holds = {domain::HoldReason::shortage};
    CHECK(judge_change({lacking}, true) == ChangeAnswer::stopped);
}
