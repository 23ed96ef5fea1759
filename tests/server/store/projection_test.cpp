#include "server/store/projection.hpp"

#include "tests/server/store/floor_story.hpp"

using namespace kenpin;
using namespace kenpin::store;

namespace {

struct Goods : FloorStory {
    int tea(const std::string& column) { return number(column, "stock_total WHERE sku = 'TEA'"); }
    void check_conserved() {
        CHECK(number("count(*)", "stock_total WHERE received - written_off <> on_hand + in_work + shipped") ==
              0);
        CHECK(number("count(*)", "stock WHERE on_hand < 0 OR shelved < 0 OR shelved > on_hand") == 0);
        CHECK(
            number(
                "count(*)",
                "stock_total AS t WHERE on_hand <> (SELECT coalesce(sum(s.on_hand), 0) FROM stock AS s WHERE "
                "s.site = t.site AND s.owner = t.owner AND s.sku = t.sku)") == 0);
        CHECK(number("count(*)",
                     "stock_total AS t WHERE on_hand + in_work + shipped <> (SELECT coalesce(sum(CASE WHEN "
                     "from_place = "
                     "'outside' THEN qty WHEN to_place = 'outside' THEN -qty ELSE 0 END), 0) FROM "
                     "stock_movement AS m "
                     "WHERE m.site = t.site AND m.owner = t.owner AND m.sku = t.sku)") == 0);
    }
};

}  // namespace

TEST_CASE_FIXTURE(FloorStory, "a shipment walks from waiting to shipped, and its report is due") {
    until_started();
    CHECK(text("work", "shipment") == "in_work");
    CHECK(text("waybill", "shipment") == "issued");
    tote_is_bound();
    picks(LineNo{1}, "TEA", "A-01", 2);
    puts_in_slot(LineNo{1}, 2);
    CHECK(text("work", "shipment") == "in_work");
    picks(LineNo{2}, "RICE", "A-02", 1);
    puts_in_slot(LineNo{2}, 1);
    CHECK(text("work", "shipment") == "picked");
    tell(picker, protocol::ListFinished{list});
    CHECK(text("state", "pick_list") == "finished");
    CHECK(verifies(LineNo{1}, "TEA", 2) == "");
    CHECK(verifies(LineNo{2}, "RICE", 1) == "");
    CHECK(text("work", "shipment") == "verified");
    CHECK(closes() == "");
    CHECK(text("waybill", "shipment") == "matched");
    CHECK(ships() == "");
    CHECK(text("work", "shipment") == "shipped");
    CHECK(text("state", "report") == "due");
    CHECK(decided(protocol::ReportAccepted{shipment, shop, 1}) == "");
    CHECK(text("state", "report") == "accepted");
}

TEST_CASE_FIXTURE(FloorStory, "the tables made anew from the events are the same tables") {
    until_shipped();
    decided(protocol::ShipmentHeld{shipment, domain::HoldReason::address});
    tell(picker, protocol::ScanRefused{"pick", domain::Refusal::wrong_item, "49x", "TEA", list, shipment,
                                       Sku{"TEA"}});
    tell(packer, protocol::PrinterChanged{PrinterId{"LP1"}, "media_out"});
    tell(packer, protocol::UnknownKind{"drone_landed", "{}"});
    const auto live = tables();
    CHECK(live.size() > 1000);
    CHECK(rebuild(database, site));
    CHECK(tables() == live);
}

TEST_CASE_FIXTURE(FloorStory, "tables that somebody spoiled are healed by making them anew") {
    until_shipped();
    const auto live = tables();
    read([](sqlite::Tx& tx) { return tx.run("UPDATE stock SET on_hand = 99"); });
    CHECK(tables() != live);
    CHECK(rebuild(database, site));
    CHECK(tables() == live);
}

TEST_CASE_FIXTURE(FloorStory, "another site's tables are not touched") {
    until_shipped();
    const auto live = tables();
    site = SiteId{"OSAKA1"};
    seqs.clear();
    until_picked();
    CHECK(rebuild(database, site));
    site = SiteId{"TOKYO1"};
    CHECK(tables() == live);
}

TEST_CASE_FIXTURE(Goods, "stock is conserved at every step of the way") {
    stock_arrives(10, 10);
    check_conserved();
    order_arrives();
    shipment_is_planned();
    stock_is_allocated();
    CHECK(tea("reserved") == 2);
    list_is_started();
    list_is_leased(picker);
    CHECK(number("shelved", "stock WHERE sku = 'TEA'") == 2);
    picks(LineNo{1}, "TEA", "A-01", 1);
    CHECK(tea("on_hand") == 9);
    CHECK(tea("in_work") == 1);
    CHECK(tea("reserved") == 1);
    check_conserved();
    picks(LineNo{1}, "TEA", "A-01", 1);
    picks(LineNo{2}, "RICE", "A-02", 1);
    waybill_is_issued();
    verifies(LineNo{1}, "TEA", 2);
    verifies(LineNo{2}, "RICE", 1);
    closes();
    ships();
    CHECK(tea("shipped") == 2);
    CHECK(tea("in_work") == 0);
    CHECK(tea("reserved") == 0);
    check_conserved();
}

TEST_CASE_FIXTURE(Goods, "a pick that arrives after the parcel left takes nothing a second time") {
    until_started();
    verifies(LineNo{1}, "TEA", 2);
    verifies(LineNo{2}, "RICE", 1);
    closes();
    ships();
    CHECK(tea("on_hand") == 8);
    CHECK(picks(LineNo{1}, "TEA", "A-01", 2) == "");  // the handheld was out of reach of the network
    CHECK(tea("on_hand") == 8);
    CHECK(tea("shipped") == 2);
    CHECK(text("work", "shipment") == "shipped");
    check_conserved();
}

TEST_CASE_FIXTURE(Goods, "what is written off leaves with a reason, and never more than lies there") {
    stock_arrives(10, 10);
    const auto write_off = [&](int qty) {
        return decided(protocol::StockReceived{
            owner, "adjustment", {{LocationCode{"A-01"}, Sku{"TEA"}, LotNo{}, std::nullopt, Qty{-qty}}}});
    };
    CHECK(write_off(3) == "");
    CHECK(tea("on_hand") == 7);
    CHECK(tea("written_off") == 3);
    CHECK(write_off(8) == "below_zero");
    CHECK(tea("on_hand") == 7);
    check_conserved();
}

TEST_CASE_FIXTURE(Goods, "a site that keeps no stock ships without any") {
    order_arrives();
    shipment_is_planned();
    waybill_is_issued();
    decided(protocol::ListStarted{
        owner,
        list,
        packer,
        {{SlotNo{1}, shipment}},
        {{LineNo{1}, shipment, LineNo{1}, SlotNo{1}, LocationCode{}, Sku{"TEA"}, LotNo{}, Qty{2}},
         {LineNo{2}, shipment, LineNo{2}, SlotNo{1}, LocationCode{}, Sku{"RICE"}, LotNo{}, Qty{1}}}});
    verifies(LineNo{1}, "TEA", 2);
    verifies(LineNo{2}, "RICE", 1);
    closes();
    CHECK(ships() == "");
    CHECK(number("count(*)", "stock_movement") == 0);
}

TEST_CASE_FIXTURE(FloorStory, "a list that went to another device takes no more picks from the first") {
    until_started();
    CHECK(picks(LineNo{1}, "TEA", "A-01", 1) == "");
    list_is_leased(DeviceId{"H2"});
    CHECK(picks(LineNo{1}, "TEA", "A-01", 1) == "leased_elsewhere");
    CHECK(puts_in_slot(LineNo{1}, 1) == "leased_elsewhere");
    CHECK(tote_is_bound() == "leased_elsewhere");
    CHECK(number("sum(in_hand)", "pick_line") == 1);
}

TEST_CASE_FIXTURE(FloorStory, "one piece of goods too many has no effect, at the shelf and at the bench") {
    until_started();
    CHECK(picks(LineNo{2}, "RICE", "A-02", 2) == "too_many");
    CHECK(puts_in_slot(LineNo{2}, 1) == "too_many");
    CHECK(verifies(LineNo{2}, "RICE", 2) == "too_many");
    CHECK(verifies(LineNo{3}, "TEA", 1) == "wrong_item");
    CHECK(number("sum(verified)", "shipment_line") == 0);
}

TEST_CASE_FIXTURE(FloorStory,
                  "a piece is not closed without all goods, nor with another waybill, nor while it is held") {
    until_picked();
    CHECK(closes() == "goods_missing");
    verifies(LineNo{1}, "TEA", 2);
    verifies(LineNo{2}, "RICE", 1);
    CHECK(closes("000010000126") == "another_waybill");
    decided(protocol::ShipmentHeld{shipment, domain::HoldReason::cancel_requested});
    CHECK(closes() == "stopped");
    CHECK(ships() == "not_ready_to_ship");
    decided(protocol::ShipmentReleased{shipment, domain::HoldReason::cancel_requested});
    CHECK(closes() == "");
    CHECK(closes() == "waybill_already_on");
    CHECK(ships() == "");
    CHECK(ships() == "not_ready_to_ship");
}

TEST_CASE_FIXTURE(FloorStory, "a tracking number belongs to one shipment for ever") {
    order_arrives();
    shipment_is_planned();
    CHECK(waybill_is_issued("000010000034") == "");
    CHECK(waybill_is_issued("000010000126") == "");  // changed at the bench: the old label is void
    CHECK(number("count(*)", "waybill WHERE state = 'voided' AND tracking = '000010000034'") == 1);
    shipment = ShipmentId{"S0000002"};
    shipment_is_planned();
    CHECK(waybill_is_issued("000010000034") == "number_of_another_shipment");
    CHECK(number("count(*)", "piece WHERE shipment = 'S0000002' AND tracking IS NULL") == 1);
}

TEST_CASE_FIXTURE(FloorStory, "a shipment of two boxes has its waybills when both have one") {
    order_arrives();
    shipment_is_planned(domain::WaybillWay::own_label, 2);
    waybill_is_issued("000010000034", 1);
    CHECK(text("waybill", "shipment") == "none");
    waybill_is_issued("000010000126", 2);
    CHECK(text("waybill", "shipment") == "issued");
    verifies(LineNo{1}, "TEA", 2);
    verifies(LineNo{2}, "RICE", 1);
    CHECK(closes("000010000126", 2) == "");
    CHECK(text("waybill", "shipment") == "issued");
    CHECK(ships() == "not_ready_to_ship");
    CHECK(closes("000010000034", 1) == "");
    CHECK(text("waybill", "shipment") == "matched");
    CHECK(ships() == "");
}

TEST_CASE_FIXTURE(FloorStory, "a box stands where it was seen last") {
    until_started();
    tote_is_bound("0007");
    CHECK(text("tote", "shipment") == "0007");
    tote_is_bound("0008");
    CHECK(text("tote", "shipment") == "0008");
}

TEST_CASE_FIXTURE(FloorStory, "a box whose binding did not count is known from the goods put into it") {
    until_started();
    picks(LineNo{1}, "TEA", "A-01", 2);
    CHECK(text("tote", "shipment").empty());
    const auto put = [this](LineNo line, int units, const char* tote) {
        return tell(picker,
                    protocol::SlotConfirmed{list, line, shipment, SlotNo{1}, Qty{units}, ToteCode{tote}});
    };
    CHECK(put(LineNo{1}, 2, "0007").empty());
    CHECK(text("tote", "shipment") == "0007");
    picks(LineNo{2}, "RICE", "A-02", 1);
    CHECK(put(LineNo{2}, 1, "0008").empty());
    CHECK(text("tote", "shipment") == "0007");  // what is bound stays
}

TEST_CASE_FIXTURE(FloorStory, "an event about something nobody knows changes nothing") {
    CHECK(picks(LineNo{1}, "TEA", "A-01", 1) == "unknown_list");
    CHECK(verifies(LineNo{1}, "TEA", 1) == "unknown_shipment");
    CHECK(closes() == "unknown_shipment");
    CHECK(decided(protocol::ReportAccepted{shipment, shop, 1}) == "no_report_due");
}

TEST_CASE_FIXTURE(FloorStory, "a mistake caught at the shelf is counted in its hour") {
    tell(picker, protocol::ScanRefused{"pick", domain::Refusal::wrong_item, "49x", "TEA", list, std::nullopt,
                                       Sku{"TEA"}});
    tell(picker, protocol::ScanRefused{"pick", domain::Refusal::wrong_slot, "2", "1", list, std::nullopt,
                                       std::nullopt});
    CHECK(number("errors_caught", "work_hour") == 2);
    CHECK(number("count(*)", "error_caught WHERE refusal = 'wrong_item' AND worker = '1001'") == 1);
}

TEST_CASE_FIXTURE(FloorStory,
                  "a row that was changed by hand is not what the events give, and looking changes nothing") {
    until_picked();
    const auto differences = [&] { return differences_from_replay(database, site, 5).value(); };
    CHECK(differences().empty());
    const auto before = tables();
    read([&](sqlite::Tx& tx) { return tx.run("UPDATE stock_total SET on_hand = on_hand + 1"); });
    const auto found = differences();
    REQUIRE(found.size() >= 2);
    CHECK(found.front().starts_with("-stock_total|"));
    CHECK(tables() != before);  // the change by hand is still there
}
