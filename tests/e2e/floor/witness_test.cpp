#include "tests/e2e/floor/witness.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::floor;

namespace {

const std::string number = "000010000034";

Seen green(std::int64_t seq) {
    Seen seen;
    seen.kind = "ok";
    seen.device = "B1";
    seen.epoch = 7;
    seen.seqs = {seq};
    return seen;
}

// One shipment of two pieces of goods, verified, closed, shipped, told.
Evidence a_good_day() {
    Evidence day;
    day.events = {
        {"server", 1, 1, "stock_received", R"({"rows":[{"qty":10}]})"},
        {"server", 1, 2, "order_received", "{}"},
        {"server", 1, 3, "shipment_planned",
         R"({"shipment":"S1","ship_day":"2026-11-24","lines":[{"sku":"A","qty":2}]})"},
        {"server", 1, 4, "waybill_issued", R"({"shipment":"S1","tracking":"000010000034"})"},
        {"B1", 7, 1, "goods_verified", R"({"shipment":"S1"})"},
        {"B1", 7, 2, "piece_closed", R"({"shipment":"S1","piece":1,"tracking":"000010000034"})"},
        {"server", 1, 5, "shipment_shipped", R"({"shipment":"S1"})"},
    };
    day.screens = {green(1), green(2)};
    day.lying = {number};
    day.reports = {{"honten", "k1", R"({"shipment":"S1"})"}};
    day.parcels = {{TrackingNo{number}, {Sku{"A"}, Sku{"A"}}}};
    day.stock_after = 8;
    return day;
}

Findings examined(const Evidence& day) {
    return examine(day, "2026-11-24");
}

}  // namespace

TEST_CASE("a good day loses and doubles nothing, and its stock is conserved") {
    const auto found = examined(a_good_day());
    CHECK(found.lost == 0);
    CHECK(found.doubled == 0);
    CHECK(found.wrong_parcels == 0);
    CHECK(found.due == 1);
    CHECK(found.parcels == 1);
    CHECK(found.stock_before == found.stock_after + found.shipped_pieces);
}

TEST_CASE("a green light whose event is not on the server is lost") {
    auto day = a_good_day();
    day.screens.push_back(green(3));
    CHECK(examined(day).lost == 1);
}

TEST_CASE("an event that nobody saw green, and a green shown twice, are doubled") {
    auto day = a_good_day();
    day.screens.pop_back();
    CHECK(examined(day).doubled == 1);
    day = a_good_day();
    day.screens.push_back(green(2));
    CHECK(examined(day).doubled == 1);
}

TEST_CASE("a closed piece without a label is lost; a second label is doubled") {
    auto day = a_good_day();
    day.lying.clear();
    CHECK(examined(day).lost == 1);
    day.tray = {number};
    CHECK(examined(day).lost == 0);
    day.tray = {number, number};
    CHECK(examined(day).doubled == 1);
}

TEST_CASE("a shop that was not told is lost, one that was told twice is doubled") {
    auto day = a_good_day();
    day.reports.clear();
    CHECK(examined(day).lost == 1);
    day = a_good_day();
    day.reports.push_back(day.reports.front());
    CHECK(examined(day).doubled == 1);
}

TEST_CASE("a parcel with other goods than its label's shipment is wrong") {
    auto day = a_good_day();
    day.parcels[0].goods = {Sku{"A"}, Sku{"B"}};
    CHECK(examined(day).wrong_parcels == 1);
}
