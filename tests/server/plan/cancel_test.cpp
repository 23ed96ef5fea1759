#include "server/plan/cancel.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::plan;
using domain::HoldReason;
using domain::WorkState;

namespace {

const ShipmentId shipment{"S0000001"};

CancelVerdict asked(WorkState work, bool is_in_hand, std::set<HoldReason> holds = {}) {
    domain::ShipmentStates states;
    states.work = work;
    states.holds = std::move(holds);
    return judge_cancel({shipment, states, is_in_hand});
}

std::vector<std::string> kinds(const CancelVerdict& verdict) {
    std::vector<std::string> out;
    for (const auto& body : verdict.decisions) out.emplace_back(protocol::kind_of(body));
    return out;
}
using Kinds = std::vector<std::string>;

}  // namespace

TEST_CASE("before its work starts a shipment is cancelled, held or not") {
    CHECK(asked(WorkState::waiting, false).answer == CancelAnswer::cancelled);
    CHECK(kinds(asked(WorkState::waiting, false)) == Kinds{"shipment_cancelled"});
    CHECK(asked(WorkState::waiting, false, {HoldReason::unpaid}).answer == CancelAnswer::cancelled);
}

TEST_CASE("in work it is stopped; its stock stays promised while a picker has the list") {
    CHECK(asked(WorkState::in_work, true).answer == CancelAnswer::stopped);
    CHECK(kinds(asked(WorkState::in_work, true)) == Kinds{"shipment_held"});
    CHECK(kinds(asked(WorkState::in_work, false)) == Kinds{"shipment_held", "shipment_cancelled"});
    for (const auto work : {WorkState::picked, WorkState::sorted, WorkState::verified})
        CHECK(asked(work, false).answer == CancelAnswer::stopped);
}

TEST_CASE("what left is too late") {
    CHECK(asked(WorkState::shipped, false).answer == CancelAnswer::too_late);
    CHECK(asked(WorkState::returned, false).answer == CancelAnswer::too_late);
    CHECK(asked(WorkState::shipped, false).decisions.empty());
}

TEST_CASE("asked again nothing changes") {
    CHECK(asked(WorkState::cancelled, false).decisions.empty());
    CHECK(asked(WorkState::cancelled, false).answer == CancelAnswer::cancelled);
    CHECK(asked(WorkState::in_work, true, {HoldReason::cancel_requested}).decisions.empty());
}
