#include "server/plan/judge_device_event.hpp"

#include <doctest/doctest.h>

#include "server/plan/numbering.hpp"

using namespace kenpin;
using namespace kenpin::plan;
using namespace kenpin::protocol;

namespace {

const ShipmentId shipment{"S0000001"};
const ListId list{"P000001"};
const TrackingNo number = tracking_number(9'100'000);
const TrackingNo other_number = tracking_number(9'100'001);
const domain::ItemCode jan{"4901234567894", Qty{1}};

WorkView at_bench(int verified) {
    domain::PackTask task;
    task.shipment = shipment;
    task.lines = {{LineNo{1}, Sku{"A"}, Qty{2}, Qty{verified}, {jan}}};
    task.pieces = {{PieceNo{1}, number, {}, domain::WaybillState::issued, false}};
    WorkView view;
    view.pack = task;
    return view;
}
WorkView on_cart(int in_hand, int in_slot = 0) {
    domain::PickTask task;
    task.list = list;
    task.slots = {{SlotNo{1}, shipment, ToteCode{"0001"}}, {SlotNo{2}, ShipmentId{"S0000002"}, {}}};
    task.lines = {{LineNo{1},
                   shipment,
                   SlotNo{1},
                   LocationCode{"X-1"},
                   Sku{"A"},
                   Qty{2},
                   Qty{in_hand},
                   Qty{in_slot},
                   {jan},
                   true}};
    WorkView view;
    view.pick = task;
    return view;
}
std::string reason(const Body& body, const WorkView& view, const SiteRules& rules = {}) {
    const auto verdict = judge_device_event(body, view, rules);
    const auto* kept = std::get_if<KeptAsEvidence>(&verdict);
    return kept ? kept->reason : "";
}
ItemPicked picked(int units, const std::string& code = jan.code) {
    return {list, LineNo{1}, shipment, Sku{"A"}, LocationCode{"X-1"}, Qty{units}, code};
}
GoodsVerified verified(int units, const std::string& code = jan.code) {
    return {shipment, LineNo{1}, Sku{"A"}, Qty{units}, code};
}
const PieceClosed closed{shipment, PieceNo{1}, number};

}  // namespace

TEST_CASE("the waybill match of a complete box ships the shipment where the site ships at the match") {
    const auto verdict = judge_device_event(closed, at_bench(2), {true});
    REQUIRE(std::holds_alternative<Effective>(verdict));
    const auto& followed = std::get<Effective>(verdict).followed_by;
    REQUIRE(followed.size() == 1);
    CHECK(std::get<ShipmentShipped>(followed[0]).shipment == shipment);
}

TEST_CASE("a site that ships when the driver takes it does not ship at the match") {
    const auto verdict = judge_device_event(closed, at_bench(2), {false});
    CHECK(std::get<Effective>(verdict).followed_by.empty());
}

TEST_CASE("the first of two boxes does not ship the shipment, the last one does") {
    auto view = at_bench(2);
    view.pack->pieces.push_back({PieceNo{2}, other_number, {}, domain::WaybillState::issued, false});
    CHECK(std::get<Effective>(judge_device_event(closed, view, {})).followed_by.empty());
    domain::close_piece(*view.pack, PieceNo{1});
    const PieceClosed last{shipment, PieceNo{2}, other_number};
    CHECK(std::get<Effective>(judge_device_event(last, view, {})).followed_by.size() == 1);
}

TEST_CASE("no piece closes on the server with goods missing, a strange waybill or a stopped shipment") {
    CHECK(reason(closed, at_bench(1)) == "goods_missing");
    CHECK(reason(PieceClosed{shipment, PieceNo{1}, other_number}, at_bench(2)) == "another_waybill");
    CHECK(reason(PieceClosed{shipment, PieceNo{2}, number}, at_bench(2)) == "another_piece");
    auto stopped = at_bench(2);
    stopped.pack->stopped = true;
    CHECK(reason(closed, stopped) == "stopped");
    auto voided = at_bench(2);
    voided.pack->pieces[0].voided = {number};
    CHECK(reason(closed, voided) == "voided_waybill");
    auto again = at_bench(2);
    domain::close_piece(*again.pack, PieceNo{1});
    CHECK(reason(closed, again) == "waybill_already_on");
    CHECK(reason(closed, WorkView{}) == "unknown_shipment");
}

TEST_CASE("goods are counted at the bench until the line is full, then kept as evidence") {
    CHECK(reason(verified(1), at_bench(1)).empty());
    CHECK(reason(verified(1), at_bench(2)) == "too_many");
    CHECK(reason(verified(0, ""), at_bench(0)) == "too_many");
    CHECK(reason(verified(1, "4901234567887"), at_bench(0)) == "wrong_item");
    CHECK(reason(verified(2), at_bench(0)) == "wrong_item");  // the code stands for one piece, not two
}

TEST_CASE("picks count while the line has room for them") {
    CHECK(reason(picked(1), on_cart(1)).empty());
    CHECK(reason(picked(1), on_cart(2)) == "too_many");
    CHECK(reason(picked(1), on_cart(0, 2)) == "too_many");
    CHECK(reason(picked(1), WorkView{}) == "unknown_list");
    auto other_line = picked(1);
    other_line.line = LineNo{9};
    CHECK(reason(other_line, on_cart(0)) == "not_this_lists_line");
}

TEST_CASE("only what is in hand can be put into the slot, and only into its own") {
    const SlotConfirmed into_slot{list, LineNo{1}, shipment, SlotNo{1}, Qty{2}};
    CHECK(reason(into_slot, on_cart(2)).empty());
    CHECK(reason(into_slot, on_cart(1)) == "too_many");
    auto wrong = into_slot;
    wrong.slot = SlotNo{2};
    CHECK(reason(wrong, on_cart(2)) == "wrong_slot");
}

TEST_CASE("a box stands in one slot of the cart") {
    CHECK(reason(ToteBound{list, SlotNo{2}, ShipmentId{"S0000002"}, ToteCode{"0002"}}, on_cart(0)).empty());
    CHECK(reason(ToteBound{list, SlotNo{2}, ShipmentId{"S0000002"}, ToteCode{"0001"}}, on_cart(0)) ==
          "tote_in_use");
    CHECK(reason(ToteBound{list, SlotNo{2}, shipment, ToteCode{"0002"}}, on_cart(0)) ==
          "not_this_lists_slot");
}

TEST_CASE("a shelf is confirmed only where the line is") {
    CHECK(reason(LocationConfirmed{list, LineNo{1}, LocationCode{"X-1"}}, on_cart(0)).empty());
    CHECK(reason(LocationConfirmed{list, LineNo{1}, LocationCode{"X-2"}}, on_cart(0)) == "wrong_location");
}

TEST_CASE("a list is finished when every line lies in its slot") {
    CHECK(reason(ListFinished{list}, on_cart(1, 1)) == "list_not_done");
    CHECK(reason(ListFinished{list}, on_cart(0, 2)).empty());
}

TEST_CASE("what a device only tells always stands, also in words that we do not know yet") {
    CHECK(reason(WorkerSignedIn{WorkerId{"1001"}}, {}).empty());
    CHECK(reason(PrinterChanged{PrinterId{"LP1"}, "media_out"}, {}).empty());
    CHECK(reason(UnknownKind{"weighed", "{}"}, {}).empty());
    CHECK(reason(ScanRefused{}, {}).empty());
}

TEST_CASE("a device cannot decide what only the server may") {
    CHECK(reason(ShipmentShipped{shipment}, at_bench(2)) == "not_a_device_event");
    CHECK(reason(StockReceived{}, {}) == "not_a_device_event");
}

TEST_CASE("an event names the rows that must be read to judge it") {
    CHECK(rows_needed(closed).shipment == shipment);
    CHECK(rows_needed(closed).tracking == number);
    CHECK(rows_needed(picked(1)).list == list);
    CHECK_FALSE(rows_needed(WorkerSignedIn{}).list.has_value());
}
