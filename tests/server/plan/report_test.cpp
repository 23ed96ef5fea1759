#include "server/plan/report.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::plan;

namespace {
const ShipmentId shipment{"S0000001"};
const ShopId shop{"HONTEN"};
const Instant now = from_ms(1'000'000);
}  // namespace

TEST_CASE(
    "a shop that does not answer is asked again after 1 s, then twice as long, never longer than 10 min") {
    CHECK(report_delay(1) == Millis{1'000});
    CHECK(report_delay(2) == Millis{2'000});
    CHECK(report_delay(10) == Millis{512'000});
    CHECK(report_delay(11) == Millis{600'000});
    CHECK(report_delay(1'000'000) == Millis{600'000});
}

TEST_CASE("only a 2xx counts as told") {
    CHECK(std::holds_alternative<protocol::ReportAccepted>(judge_report_answer(shipment, shop, 1, 204, now)));
    for (const int status : {0, 301, 404, 500}) {
        const auto answer = judge_report_answer(shipment, shop, 3, status, now);
        REQUIRE(std::holds_alternative<protocol::ReportFailed>(answer));
        CHECK(std::get<protocol::ReportFailed>(answer).next_try == now + Millis{4'000});
    }
    const auto dead = judge_report_answer(shipment, shop, 1, 0, now);
    CHECK(std::get<protocol::ReportFailed>(dead).reason == "unreachable");
    const auto broken = judge_report_answer(shipment, shop, 1, 500, now);
    CHECK(std::get<protocol::ReportFailed>(broken).reason == "http_500");
}

TEST_CASE("the same shipment is always reported under the same key") {
    ShopReport report;
    report.shop = shop;
    report.shipment = shipment;
    CHECK(idempotency_key(report) == "HONTEN-S0000001-shipped");
}
