#include "server/store/planning.hpp"

#include "tests/server/store/masters_rows.hpp"

using namespace kenpin;
using namespace kenpin::store;

TEST_CASE_FIXTURE(FurnishedStory, "intake knows the shop's rules, its codes and the orders that are here") {
    const auto rules = read([&](sqlite::Tx& tx) { return shop_rules(tx, site, shop); });
    REQUIRE(rules);
    CHECK(rules->owner == owner);
    CHECK(rules->carrier == CarrierId{"yamato"});
    CHECK(rules->service == "宅急便");
    CHECK_FALSE(read([&](sqlite::Tx& tx) { return shop_rules(tx, site, ShopId{"NOBODY"}); }));
    const auto goods = read([&](sqlite::Tx& tx) { return catalogue(tx, site, owner, shop); });
    CHECK(goods.items.size() == 2);
    CHECK(plan::items_of(goods, "tea-100").at(0) == plan::ItemPart{Sku{"TEA"}, Qty{1}});
    CHECK_FALSE(read([&](sqlite::Tx& tx) { return known_hash(tx, site, order_id()); }));
    order_arrives();
    CHECK(read([&](sqlite::Tx& tx) { return known_hash(tx, site, order_id()); }) == "hash-1");
}

TEST_CASE_FIXTURE(FurnishedStory, "a running number is used up by the event that carries it") {
    const auto next = [&](Running which) {
        return read([&](sqlite::Tx& tx) { return next_number(tx, site, which); });
    };
    CHECK(next(Running::shipment) == 1);
    CHECK(next(Running::shipment) == 1);
    order_arrives();
    shipment_is_planned();
    CHECK(next(Running::shipment) == 2);
    CHECK(next(Running::list) == 1);
}

TEST_CASE_FIXTURE(FurnishedStory,
                  "what is reserved is not free for the next order, wherever it lies by then") {
    stock_arrives(10, 10);
    order_arrives();
    shipment_is_planned();
    const auto free_tea = [&] {
        return read([&](sqlite::Tx& tx) { return free_stock(tx, site, owner); }).at(Sku{"TEA"});
    };
    const auto wanting = [&] { return read([&](sqlite::Tx& tx) { return wanting_stock(tx, site, owner); }); };
    CHECK(free_tea() == Qty{10});
    REQUIRE(wanting().size() == 1);
    CHECK(wanting().front().lines.front().wanted == Qty{2});
    stock_is_allocated();
    CHECK(wanting().empty());
    CHECK(free_tea() == Qty{8});
    list_is_started();
    list_is_leased(picker);
    CHECK(free_tea() == Qty{8});
    picks(LineNo{1}, "TEA", "A-01", 2);
    CHECK(free_tea() == Qty{8});
}

TEST_CASE_FIXTURE(FurnishedStory,
                  "a shelf shows what started work leaves on it, and whether one may pick there") {
    stock_arrives(10, 10);
    decided(protocol::StockReceived{
        owner,
        "receiving",
        {{LocationCode{"R-01"}, Sku{"TEA"}, LotNo{"L1"}, *parse_day("2027-01-31"), Qty{24}}}});
    order_arrives();
    shipment_is_planned();
    stock_is_allocated();
    list_is_started();
    const auto rows = read([&](sqlite::Tx& tx) { return shelves(tx, site, owner); });
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].sku == Sku{"TEA"});
    CHECK(rows[1].free == Qty{8});
    CHECK(rows[1].is_pick_shelf);
    CHECK(rows[2].location == LocationCode{"R-01"});
    CHECK_FALSE(rows[2].is_pick_shelf);
    CHECK(rows[2].expiry == parse_day("2027-01-31"));
}

namespace {
const Instant morning = *parse_instant("2026-11-24T08:00+09:00");
}

TEST_CASE_FIXTURE(FurnishedStory, "a shipment waits with its states and numbers until its work starts") {
    order_arrives();
    shipment_is_planned();
    decided(protocol::ShipmentHeld{shipment, domain::HoldReason::unpaid});
    waybill_is_issued();
    const auto waiting = read([&](sqlite::Tx& tx) { return waiting_shipments(tx, site, owner, morning); });
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].shipment == shipment);
    CHECK(waiting[0].states.holds == std::set{domain::HoldReason::unpaid});
    CHECK(waiting[0].numbers_known == 1);
    CHECK(waiting[0].lines.size() == 2);
    CHECK(to_text(waiting[0].ship_day) == "2026-11-24");
    list_is_started();
    CHECK(read([&](sqlite::Tx& tx) { return waiting_shipments(tx, site, owner, morning); }).empty());
}

TEST_CASE_FIXTURE(FurnishedStory, "a range goes on after the highest number ever given out of it") {
    const auto next = [&] {
        return read([&](sqlite::Tx& tx) { return number_ranges(tx, site); }).at(0).next;
    };
    CHECK(next() == 1000003);
    order_arrives();
    shipment_is_planned();
    waybill_is_issued("000010000034");
    CHECK(next() == 1000004);
    waybill_is_issued("000010000056");  // a new label for the same box: the first number is never given again
    CHECK(next() == 1000006);
    CHECK(rebuild(database, site));
    CHECK(next() == 1000006);
}

TEST_CASE_FIXTURE(FurnishedStory, "a bench counts what it has not packed yet") {
    const auto open = [&] {
        return read([&](sqlite::Tx& tx) { return benches(tx, site); }).at(0).open_shipments;
    };
    CHECK(open() == 0);
    until_started();
    CHECK(open() == 1);
    verifies(LineNo{1}, "TEA", 2);
    verifies(LineNo{2}, "RICE", 1);
    closes();
    ships();
    CHECK(open() == 0);
}

TEST_CASE_FIXTURE(FurnishedStory, "a report is due until the shop accepts it, and not before its next try") {
    const auto due = [&] { return read([&](sqlite::Tx& tx) { return due_reports(tx, site, now, 10); }); };
    until_verified();
    CHECK(due().empty());
    closes();
    ships();
    REQUIRE(due().size() == 1);
    const auto report = due().front().report;
    CHECK(report.shipment == shipment);
    CHECK(report.order_numbers == std::vector<std::string>{"1"});
    CHECK(report.tracking == std::vector{TrackingNo{"000010000034"}});
    CHECK(report.carrier_name == "ヤマト運輸");
    CHECK(report.lines.size() == 2);
    CHECK(due().front().webhook_url == "http://127.0.0.1:1/hook");
    decided(protocol::ReportFailed{shipment, shop, 1, "unreachable", now + std::chrono::minutes{1}});
    CHECK(due().empty());
    now += std::chrono::minutes{2};
    CHECK(due().at(0).attempts == 1);
    decided(protocol::ReportAccepted{shipment, shop, 2});
    CHECK(due().empty());
}
