#include "server/plan/documents.hpp"

#include <doctest/doctest.h>

#include "tests/server/plan/orders.hpp"

using namespace kenpin;
using namespace kenpin::plan;
using namespace kenpin::plan::testing;

namespace {

const Items items{{Sku{"G-1"}, {"リボン", "青", {{"4901234567894", Qty{1}}}}}};

PrintRows print_rows(const ReceivedOrder& received, std::size_t which) {
    const auto taken = std::get<Accepted>(judge_order(received, intake_at(today)));
    PrintRows rows;
    rows.shipment = taken.shipments.at(which);
    rows.order = taken.order;
    rows.carrier_name = "ヤマト運輸";
    rows.contents = "雑貨";
    rows.pieces = {{PieceNo{1}, TrackingNo{"000091000000"}, {}, domain::WaybillState::issued, false}};
    return rows;
}

}  // namespace

TEST_CASE("a pick list shows every line with the codes and the name of its goods") {
    ListRows rows;
    rows.list = ListId{"P000001"};
    rows.slots = {{SlotNo{1}, ShipmentId{"S1"}, {}}};
    rows.lines = {
        {{LineNo{1}, ShipmentId{"S1"}, LineNo{1}, SlotNo{1}, LocationCode{"X-1"}, Sku{"G-1"}, {}, Qty{2}},
         Qty{1},
         Qty{0},
         true},
        {{LineNo{2}, ShipmentId{"S1"}, LineNo{2}, SlotNo{1}, LocationCode{"X-2"}, Sku{"G-9"}, {}, Qty{1}},
         Qty{0},
         Qty{0},
         false}};
    const auto doc = pick_list_doc(rows, items);
    REQUIRE(doc.task.lines.size() == 2);
    CHECK(doc.task.lines[0].in_hand == Qty{1});
    CHECK(doc.task.lines[0].codes.size() == 1);
    REQUIRE(doc.goods.size() == 2);
    CHECK(doc.goods[0].variant == "青");
    CHECK(doc.goods[1].name == "G-9");  // no row in the master: better its number than nothing
}

TEST_CASE("a shipment that is held or cancelled is stopped at the bench") {
    PackRows rows;
    rows.shipment = ShipmentId{"S1"};
    CHECK_FALSE(pack_task(rows, items).stopped);
    rows.states.holds = {domain::HoldReason::cancel_requested};
    CHECK(pack_task(rows, items).stopped);
    rows.states.holds.clear();
    rows.states.work = domain::WorkState::cancelled;
    CHECK(pack_task(rows, items).stopped);
}

TEST_CASE("a bench reads what belongs in the parcel, and nothing about the buyer") {
    PackRows rows;
    rows.shipment = ShipmentId{"S1"};
    rows.lines = {{LineNo{1}, Sku{"G-1"}, Qty{2}, Qty{1}}};
    rows.pieces = {{PieceNo{1}, {}, {}, {}, false}};
    const auto doc = pack_doc(rows, items);
    CHECK(doc.task.lines.at(0).verified == Qty{1});
    CHECK(doc.goods.at(0).name == "リボン");
    CHECK(doc.task.pieces.size() == 1);
}

TEST_CASE("papers carry the addressee of their own shipment") {
    const auto buyer = buyer_text_of(order_to_two());
    const auto second = print_document(print_rows(order_to_two(), 1), buyer);
    CHECK(second.ship_to.name.reveal() == "例 花子");
    CHECK(second.ship_to.postcode.reveal() == "1000001");
    CHECK(second.ship_to.lines.reveal() == "東京都千代田区千代田1-1 例ビル2F");
    CHECK(second.waybills.at(0).pieces == 1);
}

TEST_CASE("the slips of an order to two addressees add up to what the buyer paid") {
    const auto order = order_to_two();
    const auto buyer = buyer_text_of(order);
    const auto first = print_document(print_rows(order, 0), buyer);
    const auto second = print_document(print_rows(order, 1), buyer);
    CHECK(first.shipping == Yen{550});
    CHECK(second.shipping == Yen{0});
    CHECK(first.total.value + second.total.value == order.totals.total.value);
}
