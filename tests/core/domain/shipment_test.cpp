#include "core/domain/shipment.hpp"

#include <doctest/doctest.h>

using namespace kenpin::domain;

TEST_CASE("a shipment leaves only after it was verified, and never comes back from shipped but as a return") {
    CHECK(may_become(WorkState::verified, WorkState::shipped));
    for (const auto from :
         {WorkState::waiting, WorkState::in_work, WorkState::picked, WorkState::sorted, WorkState::cancelled})
        CHECK_FALSE(may_become(from, WorkState::shipped));
    CHECK(may_become(WorkState::shipped, WorkState::returned));
    CHECK_FALSE(may_become(WorkState::shipped, WorkState::cancelled));
}

TEST_CASE("a site that only verifies goes straight from waiting to verified") {
    CHECK(may_become(WorkState::waiting, WorkState::verified));
}

TEST_CASE("a voided waybill is followed by a new number, a matched one never becomes issued again") {
    CHECK(may_become(WaybillState::voided, WaybillState::issued));
    CHECK_FALSE(may_become(WaybillState::matched, WaybillState::issued));
    CHECK_FALSE(may_become(WaybillState::none, WaybillState::matched));
}

TEST_CASE("work starts only on a shipment that waits, is not held and has its stock") {
    ShipmentStates states{.stock = StockState::allocated, .holds = {}};
    CHECK(may_start(states));
    states.holds = {HoldReason::unpaid};
    CHECK_FALSE(may_start(states));
    states = {.stock = StockState::partial, .holds = {}};
    CHECK_FALSE(may_start(states));
    states = {.work = WorkState::picked, .stock = StockState::allocated, .holds = {}};
    CHECK_FALSE(may_start(states));
}

TEST_CASE("every state has a name that reads back") {
    CHECK(from_name<WorkState>(name(WorkState::in_work)) == WorkState::in_work);
    CHECK(from_name<HoldReason>(name(HoldReason::unknown_item)) == HoldReason::unknown_item);
    CHECK(from_name<WaybillWay>("own_label") == WaybillWay::own_label);
    CHECK_FALSE(from_name<StockState>("gone"));
}
