#include "server/plan/start.hpp"

#include <doctest/doctest.h>

#include "core/domain/barcode.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const Day today = *parse_day("2026-11-24");
const NumberRange range{ShopId{"HONTEN"}, CarrierId{"yamato"}, 9'100'000, 9'199'999, 9'100'000};

WaitingShipment waiting(const std::string& id, int ordered_at_ms = 1) {
    WaitingShipment shipment;
    shipment.shipment = ShipmentId{id};
    shipment.shop = ShopId{"HONTEN"};
    shipment.carrier = CarrierId{"yamato"};
    shipment.ordered_at = from_ms(ordered_at_ms);
    shipment.ship_day = today;
    shipment.states.stock = domain::StockState::allocated;
    shipment.lines = {{LineNo{1}, Sku{"A"}, Qty{2}, Qty{2}}};
    return shipment;
}
std::vector<ShelfStock> shelves(int free) {
    return {{LocationCode{"X-1"}, true, Sku{"A"}, {}, {}, Qty{free}}};
}
PreparedStart prepare(const std::vector<WaitingShipment>& shipments, int on_shelf = 99) {
    return prepare_start(shipments, shelves(on_shelf), {range}, today);
}
WaitReason reason_of(const PreparedStart& prepared) {
    REQUIRE(prepared.shipments.empty());
    REQUIRE(prepared.waiting.size() == 1);
    return prepared.waiting[0].reason;
}

}  // namespace

TEST_CASE("a due shipment gets its shelves and, for a label of our own, its tracking number") {
    const auto prepared = prepare({waiting("S1")});
    REQUIRE(prepared.shipments.size() == 1);
    CHECK(prepared.shipments[0].lines[0].location == LocationCode{"X-1"});
    CHECK(prepared.shipments[0].lines[0].qty == Qty{2});
    REQUIRE(prepared.issued.size() == 1);
    CHECK(domain::tracking_check_is_right(prepared.issued[0].tracking.value));
    CHECK(prepared.ranges[0].next == range.next + 1);
    CHECK(prepared.waiting.empty());
}

TEST_CASE("what is due tomorrow or already in work is left alone") {
    auto tomorrow = waiting("S1");
    tomorrow.ship_day = today + std::chrono::days{1};
    auto in_work = waiting("S2");
    in_work.states.work = domain::WorkState::in_work;
    const auto prepared = prepare({tomorrow, in_work});
    CHECK(prepared.shipments.empty());
    CHECK(prepared.waiting.empty());
    CHECK(prepared.issued.empty());
}

TEST_CASE("what is due and cannot start waits with its reason") {
    auto held = waiting("S1");
    held.states.holds = {domain::HoldReason::unpaid};
    CHECK(reason_of(prepare({held})) == WaitReason::held);
    auto no_stock = waiting("S1");
    no_stock.states.stock = domain::StockState::partial;
    CHECK(reason_of(prepare({no_stock})) == WaitReason::no_stock);
    CHECK(reason_of(prepare({waiting("S1")}, 1)) == WaitReason::not_on_pick_shelf);
    CHECK(name(WaitReason::number_range_used_up) == "number_range_used_up");
}

TEST_CASE("a shipment whose waybill was printed beforehand waits until its number is known") {
    auto preissued = waiting("S1");
    preissued.way = domain::WaybillWay::preissued;
    CHECK(reason_of(prepare({preissued})) == WaitReason::waybill_number_missing);
    preissued.numbers_known = 1;
    const auto prepared = prepare({preissued});
    CHECK(prepared.shipments.size() == 1);
    CHECK(prepared.issued.empty());
}

TEST_CASE("a used-up range of numbers stops the shipment and leaves its goods to the next") {
    auto range_of_none = range;
    range_of_none.next = range.last + 1;
    auto preissued = waiting("S2", 2);
    preissued.way = domain::WaybillWay::preissued;
    preissued.numbers_known = 1;
    const auto prepared = prepare_start({waiting("S1", 1), preissued}, shelves(2), {range_of_none}, today);
    REQUIRE(prepared.waiting.size() == 1);
    CHECK(prepared.waiting[0].reason == WaitReason::number_range_used_up);
    REQUIRE(prepared.shipments.size() == 1);
    CHECK(prepared.shipments[0].shipment == ShipmentId{"S2"});
}

TEST_CASE("the oldest order gets the shelf") {
    const auto prepared = prepare({waiting("S1", 200), waiting("S2", 100)}, 3);
    REQUIRE(prepared.shipments.size() == 1);
    CHECK(prepared.shipments[0].shipment == ShipmentId{"S2"});
}

TEST_CASE("work that was taken back keeps its number when it starts again") {
    auto again = waiting("S1");
    again.numbers_known = 1;
    CHECK(prepare({again}).issued.empty());
}

TEST_CASE("a site that keeps no stock starts work without shelves") {
    auto shipment = waiting("S1");
    shipment.states.stock = domain::StockState::not_kept;
    const auto prepared = prepare({shipment}, 0);
    REQUIRE(prepared.shipments.size() == 1);
    CHECK(prepared.shipments[0].lines[0].location == LocationCode{});
}

TEST_CASE("each cart goes to the bench with the least work") {
    const auto cart = [](int slots) {
        Cart made;
        for (int i = 1; i <= slots; ++i)
            made.slots.push_back({SlotNo{i}, ShipmentId{"S" + std::to_string(i)}});
        return made;
    };
    const auto lists = start_lists(OwnerId{"OWN1"}, {cart(3), cart(2), cart(2)},
                                   {{DeviceId{"B2"}, 0}, {DeviceId{"B1"}, 0}}, 5);
    REQUIRE(lists.size() == 3);
    CHECK(lists[0].bench == DeviceId{"B1"});
    CHECK(lists[1].bench == DeviceId{"B2"});
    CHECK(lists[2].bench == DeviceId{"B2"});
    CHECK(lists[0].list == ListId{"P000005"});
    CHECK(lists[2].list == ListId{"P000007"});
}
