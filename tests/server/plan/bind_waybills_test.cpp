#include "server/plan/bind_waybills.hpp"

#include <doctest/doctest.h>

#include "server/plan/numbering.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const TrackingNo first = tracking_number(1'000'003);
const TrackingNo second = tracking_number(1'000'006);

WaybillBook book() {
    WaybillBook known;
    known.by_management_number["A"] = {ShipmentId{"S1"}, {}, {}, {}, 1, {}};
    known.by_management_number["B"] = {ShipmentId{"S2"}, {}, {}, {}, 1, {}};
    return known;
}
std::string refused_reason(const std::vector<ReturnedWaybill>& rows, const WaybillBook& known) {
    const auto bound = bind_waybills(rows, known);
    REQUIRE(bound.refused.size() == 1);
    return bound.refused[0].reason;
}

}  // namespace

TEST_CASE("each number of the carrier's file is bound to the shipment it was asked for") {
    const auto bound = bind_waybills({{1, "A", first}, {2, "B", second}}, book());
    REQUIRE(bound.issued.size() == 2);
    CHECK(bound.issued[0].shipment == ShipmentId{"S1"});
    CHECK(bound.issued[0].piece == PieceNo{1});
    CHECK(bound.issued[1].tracking == second);
    CHECK(bound.issued[1].way == domain::WaybillWay::preissued);
    CHECK(bound.refused.empty());
}

TEST_CASE("the same row again changes nothing, in one file or in the next") {
    const auto bound = bind_waybills({{1, "A", first}, {2, "A", first}}, book());
    CHECK(bound.issued.size() == 1);
    CHECK(bound.unchanged == 1);
    CHECK(bound.refused.empty());
}

TEST_CASE("a number belongs to one shipment for ever") {
    CHECK(refused_reason({{1, "A", first}, {2, "B", first}}, book()) == "bound_to_another");
    auto voided = book();
    voided.bound[first] = ShipmentId{"S1"};
    CHECK(refused_reason({{1, "A", first}}, voided) == "voided");
}

TEST_CASE("a second number for a shipment of one box is a question for a person") {
    CHECK(refused_reason({{1, "A", first}, {2, "A", second}}, book()) == "second_number");
}

TEST_CASE("nobody's waybill, a closed shipment's and one that prints its own label are refused") {
    CHECK(refused_reason({{1, "?", first}}, book()) == "unknown_shipment");
    auto known = book();
    known.by_management_number["A"].work = domain::WorkState::cancelled;
    CHECK(refused_reason({{1, "A", first}}, known) == "closed");
    known.by_management_number["B"].way = domain::WaybillWay::own_label;
    CHECK(refused_reason({{1, "B", first}}, known) == "not_preissued");
}

TEST_CASE("two boxes take two numbers, or one for both, as the carrier's rule says") {
    auto known = book();
    known.by_management_number["A"].pieces = 2;
    const auto two = bind_waybills({{1, "A", first}, {2, "A", second}}, known);
    REQUIRE(two.issued.size() == 2);
    CHECK(two.issued[1].piece == PieceNo{2});
    known.by_management_number["A"].covers = domain::TrackingCovers::all_pieces;
    const auto one = bind_waybills({{1, "A", first}}, known);
    REQUIRE(one.issued.size() == 2);
    CHECK(one.issued[0].tracking == one.issued[1].tracking);
}

TEST_CASE("an order to several addressees is asked for by its number and theirs") {
    CHECK(management_number("298765-1", 1, 1) == "298765-1");
    CHECK(management_number("298765-1", 2, 2) == "298765-1-2");
}
