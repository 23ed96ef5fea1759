#include "server/store/floor.hpp"

#include <algorithm>

#include "server/store/document_rows.hpp"
#include "server/store/settings.hpp"
#include "server/store/shipments.hpp"
#include "tests/server/store/masters_rows.hpp"

using namespace kenpin;
using namespace kenpin::store;

TEST_CASE_FIXTURE(FurnishedStory, "a list's document holds what was picked so far") {
    until_started();
    tote_is_bound();
    tell(picker, protocol::LocationConfirmed{list, LineNo{1}, LocationCode{"A-01"}});
    picks(LineNo{1}, "TEA", "A-01", 1);
    const auto rows = read([&](sqlite::Tx& tx) { return list_rows(tx, site, list); });
    REQUIRE(rows);
    CHECK(rows->slots.at(0).tote == ToteCode{"0001"});
    REQUIRE(rows->lines.size() == 2);
    CHECK(rows->lines[0].in_hand == Qty{1});
    CHECK(rows->lines[0].location_confirmed);
    const auto goods = read([&](sqlite::Tx& tx) { return items(tx, site, owner, {Sku{"TEA"}}); });
    REQUIRE(goods.size() == 1);
    CHECK(goods.at(Sku{"TEA"}).codes.size() == 2);
    CHECK_FALSE(read([&](sqlite::Tx& tx) { return list_rows(tx, site, ListId{"P9"}); }));
}

TEST_CASE_FIXTURE(FurnishedStory, "one line of a list, read alone, is the line that the whole list has") {
    until_started();
    tell(picker, protocol::LocationConfirmed{list, LineNo{2}, LocationCode{"B-01"}});
    const auto whole = read([&](sqlite::Tx& tx) { return list_rows(tx, site, list); });
    const auto alone = read([&](sqlite::Tx& tx) { return list_rows(tx, site, list, LineNo{2}); });
    REQUIRE(whole);
    REQUIRE(alone);
    REQUIRE(alone->lines.size() == 1);
    const auto &line = alone->lines[0], &same = whole->lines.at(1);
    CHECK(line.started.no == LineNo{2});
    CHECK(line.started.sku == same.started.sku);
    CHECK(line.started.shipment == same.started.shipment);
    CHECK(line.location_confirmed == same.location_confirmed);
    CHECK(read([&](sqlite::Tx& tx) { return list_rows(tx, site, list, LineNo{9}); })->lines.empty());
    CHECK_FALSE(read([&](sqlite::Tx& tx) { return list_rows(tx, site, ListId{"P9"}, LineNo{1}); }));
}

TEST_CASE_FIXTURE(FurnishedStory, "a bench's document says what it is, whose it is and where it stands") {
    until_verified();
    const auto rows = read([&](sqlite::Tx& tx) { return pack_rows(tx, site, shipment); });
    REQUIRE(rows);
    CHECK(rows->order_shown == "1");
    CHECK(rows->shop_shown == "本店");
    CHECK(rows->carrier_shown == "ヤマト運輸 宅急便");
    CHECK(rows->tote == ToteCode{"0001"});
    CHECK(rows->states.work == domain::WorkState::verified);
    CHECK(rows->lines.at(0).verified == Qty{2});
    CHECK(rows->pieces.at(0).live == TrackingNo{"000010000034"});
}

TEST_CASE_FIXTURE(FurnishedStory, "papers are made from what was sold and who sends it") {
    until_started();
    read([&](sqlite::Tx& tx) {
        set_setting(tx, site, "waybill_contents", "食品");
        return 0;
    });
    const auto rows = read([&](sqlite::Tx& tx) { return print_rows(tx, site, shipment); });
    REQUIRE(rows);
    CHECK(rows->order.lines.at(0).name == "煎茶");
    CHECK(rows->sender.name == "テストギフト");
    CHECK(rows->carrier_name == "ヤマト運輸");
    CHECK(rows->contents == "食品");
    CHECK(rows->shipment.lines.size() == 2);
    CHECK(rows->shipment.buyer_text == BuyerTextId{"bt-1"});
}

TEST_CASE_FIXTURE(FurnishedStory, "everybody sees who holds a list and how far it is") {
    until_started();
    picks(LineNo{1}, "TEA", "A-01", 2);
    const auto lists = read([&](sqlite::Tx& tx) { return unfinished_lists(tx, site); });
    REQUIRE(lists.size() == 1);
    CHECK(lists[0].leased_to == picker);
    CHECK(lists[0].shipments == 1);
    CHECK(lists[0].wanted == Qty{3});
    CHECK(lists[0].picked == Qty{2});
    const auto packs = read([&](sqlite::Tx& tx) { return packs_at(tx, site, packer); });
    REQUIRE(packs.size() == 1);
    CHECK(packs[0].shipment == shipment);
}

TEST_CASE_FIXTURE(FurnishedStory, "the board counts each shipment once, and the hours of the day") {
    until_shipped();
    const auto first = shipment;
    shipment = ShipmentId{"S0000002"};
    order_arrives("2");
    shipment_is_planned();
    decided(protocol::ShipmentHeld{shipment, domain::HoldReason::unpaid});
    shipment = ShipmentId{"S0000003"};
    shipment_is_planned();
    tell(picker,
         protocol::ScanRefused{"pick", domain::Refusal::wrong_item, "x", "y", list, first, std::nullopt});
    tell(packer, protocol::PrinterChanged{PrinterId{"LP1"}, "media_out"});
    tell(picker, protocol::WorkerSignedIn{WorkerId{"1001"}});
    const auto board =
        read([&](sqlite::Tx& tx) { return board_figures(tx, site, *parse_day("2026-11-24")); });
    CHECK(board.shipments.at(domain::WorkState::shipped) == 1);
    CHECK(board.shipments.at(domain::WorkState::waiting) == 1);
    CHECK(board.held == 1);
    CHECK(board.short_of_stock == 1);
    CHECK(board.due == 3);
    CHECK(board.due_shipped == 1);
    CHECK(board.reports.at("due") == 1);
    CHECK(board.lists.at("finished") == 1);
    REQUIRE(board.hours.size() == 1);
    CHECK(to_text(board.hours[0].start) == "2026-11-24T08:00:00.000+09:00");
    CHECK(board.hours[0].picked == 3);
    CHECK(board.hours[0].verified == 3);
    CHECK(board.hours[0].closed == 1);
    CHECK(board.caught.at(0).refusal == "wrong_item");
    CHECK(board.printers.at(0).state == "media_out");
    REQUIRE(board.stations.size() == 2);
    CHECK(board.stations[1].worker == WorkerId{"1001"});
    CHECK(board.stations[0].last_event.has_value());
    const auto yesterday =
        read([&](sqlite::Tx& tx) { return board_figures(tx, site, *parse_day("2026-11-23")); });
    CHECK(yesterday.hours.empty());
    CHECK(yesterday.due == 0);
}

TEST_CASE_FIXTURE(FurnishedStory, "stock is told shelf by shelf and in sum, conserved") {
    until_shipped();
    const auto shelves_now = read([&](sqlite::Tx& tx) { return stock_rows(tx, site); });
    REQUIRE(shelves_now.size() == 2);
    CHECK(shelves_now[1].on_hand == Qty{8});
    for (const auto& total : read([&](sqlite::Tx& tx) { return stock_totals(tx, site); }))
        CHECK(total.is_conserved());
}

TEST_CASE_FIXTURE(FurnishedStory, "a shop sees its own shipments, page by page, and its orders") {
    until_shipped();
    const auto page = [&](ShipmentPage wanted) {
        return read([&](sqlite::Tx& tx) { return shipment_rows(tx, site, wanted); });
    };
    CHECK(page({}).size() == 1);
    CHECK(page({}).at(0).report == "due");
    CHECK(page({shop, "", 10}).size() == 1);
    CHECK(page({ShopId{"OTHER"}, "", 10}).empty());
    CHECK(page({shop, shipment.value, 10}).empty());
    CHECK(read([&](sqlite::Tx& tx) { return order_rows(tx, site, {shop, "", 10}); }).size() == 1);
    CHECK(read([&](sqlite::Tx& tx) { return order_row(tx, site, order_id()); })->number_in_shop == "1");
    CHECK(read([&](sqlite::Tx& tx) { return order_lines(tx, site, owner, order_id()); }).size() == 2);
    CHECK(read([&](sqlite::Tx& tx) { return shipments_of_order(tx, site, order_id()); }) ==
          std::vector{shipment});
    CHECK(read([&](sqlite::Tx& tx) { return piece_rows(tx, site, {}); }).at(0).is_closed);
    CHECK(read([&](sqlite::Tx& tx) { return shipment_lines(tx, site, owner, shipment); }).at(0).taken ==
          Qty{2});
}

TEST_CASE_FIXTURE(FurnishedStory, "a waybill is found by the shop's order number and addressee") {
    order_arrives();
    shipment_is_planned();
    const auto find = [&](const char* number, int ship_to) {
        return read(
            [&](sqlite::Tx& tx) { return shipment_of_order_number(tx, site, shop, number, ship_to); });
    };
    CHECK(find("1", 1) == shipment);
    CHECK_FALSE(find("1", 2));
    CHECK_FALSE(find("2", 1));
    waybill_is_issued();
    CHECK(read([&](sqlite::Tx& tx) { return shipment_of_tracking(tx, site, TrackingNo{"000010000034"}); }) ==
          shipment);
}

TEST_CASE_FIXTURE(FurnishedStory, "masters are replaced whole") {
    read([&](sqlite::Tx& tx) {
        replace_workers(tx, site, {{WorkerId{"2001"}, "例", "packer", "en"}});
        return 0;
    });
    CHECK(read([&](sqlite::Tx& tx) { return workers(tx, site); }).at(0).worker == WorkerId{"2001"});
    CHECK(read([&](sqlite::Tx& tx) { return stations(tx, site); }).size() == 2);
    CHECK(read([&](sqlite::Tx& tx) { return printers(tx, site); }).at(0).dots_per_mm == 8);
    CHECK(read([&](sqlite::Tx& tx) { return shops(tx, site); }).at(0).api_key_hash == "keyhash");
    CHECK(read([&](sqlite::Tx& tx) { return carriers(tx, site); }).at(0).name == "ヤマト運輸");
    CHECK(read([&](sqlite::Tx& tx) { return owners(tx, site); }) == std::vector{owner});
}
