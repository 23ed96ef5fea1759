// Goods that are not on their shelf (ピッキング欠品), on the whole floor.
#include <string>

#include <doctest/doctest.h>

#include "server/app/exceptions.hpp"
#include "server/store/floor.hpp"
#include "server/store/planning.hpp"
#include "tests/server/app/one_shipment.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

/// The picker stands at the shelf of the one line, two ribbons.
struct AtTheShelf : OneShipment {
    AtTheShelf() {
        doc = list_doc(picker);
        tell(picker, protocol::ListOpened{list});
        tell(picker, protocol::ToteBound{list, SlotNo{1}, line().shipment, ToteCode{"0001"}});
        tell(picker, protocol::LocationConfirmed{list, line().no, line().location});
    }
    const domain::PickLine& line() const { return doc.task.lines.front(); }
    protocol::Body picked(int units) const {
        return protocol::ItemPicked{list,       line().no, line().shipment, line().sku, line().location,
                                    Qty{units}, ""};
    }
    protocol::Body in_slot(int units) const {
        return protocol::SlotConfirmed{list, line().no, line().shipment, SlotNo{1}, Qty{units}};
    }
    protocol::Body missing(int units) const {
        return protocol::ShortageFound{list,       line().no,       line().shipment,
                                       line().sku, line().location, Qty{units}};
    }
    int sellable() {
        return read<int>([&](sqlite::Tx& tx) {
            return Result(store::free_stock(tx, site, OwnerId{"OWN1"})[line().sku].value);
        });
    }
    store::StockTotal total() {
        for (const auto& row : read<std::vector<store::StockTotal>>(
                 [](sqlite::Tx& tx) { return Result(store::stock_totals(tx, site)); }))
            if (row.sku == line().sku) return row;
        return {};
    }
    int on_that_shelf() {
        for (const auto& row : read<std::vector<store::StockRow>>(
                 [](sqlite::Tx& tx) { return Result(store::stock_rows(tx, site)); }))
            if (row.sku == line().sku && row.location == line().location) return row.on_hand.value;
        return 0;
    }
    std::vector<web::ExceptionView> exceptions() {
        return read<std::vector<web::ExceptionView>>(
            [](sqlite::Tx& tx) { return exception_views(tx, site, {}); });
    }
    protocol::PickListDoc doc;
};

bool is_short(const web::ShipmentView& shipment) {
    return shipment.states.holds.contains(domain::HoldReason::shortage);
}

}  // namespace

TEST_CASE("what is short: nothing of that shelf is sold any more, and the shipment waits for the shop") {
    AtTheShelf demo;
    const int before = demo.sellable(), there = demo.on_that_shelf();
    demo.tell(picker, demo.picked(1));
    const auto ack = demo.tell(picker, demo.missing(1));
    CHECK_FALSE(ack.notes);
    CHECK(is_short(demo.shipment()));
    CHECK(demo.shipment().states.stock == domain::StockState::partial);
    CHECK(demo.sellable() == before - (there - 2));
    CHECK(demo.total().reserved == Qty{0});
    CHECK(demo.total().is_conserved());
    demo.check_rebuilt();
}

TEST_CASE("a supervisor finds the shortage as a task, with the order's number and the item") {
    AtTheShelf demo;
    demo.tell(picker, demo.missing(2));
    const auto tasks = demo.exceptions();
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].reason == "shortage");
    CHECK(tasks[0].sku == demo.line().sku);
    CHECK(tasks[0].orders == std::vector<std::string>{"H1"});
    CHECK(tasks[0].worker == WorkerId{"1001"});
    REQUIRE(demo.floor->settle_exception(tasks[0].number, {"shelf counted", "K0001"}));
    CHECK(demo.exceptions().empty());
    demo.check_rebuilt();
}

TEST_CASE("the rest of the walk goes on, and the bench sends the box to the hold shelf") {
    AtTheShelf demo;
    demo.tell(picker, demo.picked(1));
    demo.tell(picker, demo.missing(1));
    demo.tell(picker, demo.in_slot(1));
    CHECK_FALSE(demo.tell(picker, protocol::ListFinished{demo.list}).notes);
    CHECK(demo.shipment().states.work == domain::WorkState::picked);
    const auto pack = demo.pack_doc();
    CHECK(pack.task.stopped);
    CHECK(pack.task.is_short);
    demo.tell(demo.at, protocol::PackOpened{pack.task.shipment, "x"});
    demo.tell(demo.at, protocol::GoodsVerified{pack.task.shipment, LineNo{1}, demo.line().sku, Qty{1}, ""});
    const auto ack =
        demo.tell(demo.at, protocol::PieceClosed{pack.task.shipment, PieceNo{1},
                                                 pack.task.pieces[0].live.value_or(TrackingNo{})});
    REQUIRE(ack.notes);
    CHECK(ack.notes->front().reason == "short_of_goods");
    CHECK(demo.shipment().states.work != domain::WorkState::shipped);
    demo.check_rebuilt();
}

TEST_CASE("a shortage that comes again over the network is one shortage") {
    AtTheShelf demo;
    const auto message = demo.next_event(picker, demo.missing(2));
    demo.hear(message);
    const int after = demo.sellable();
    demo.hear(message);
    demo.hear(message);
    CHECK(demo.sellable() == after);
    CHECK(demo.exceptions().size() == 1);
}

TEST_CASE("more than was wanted cannot be missing: that is kept as an exception, and the shelf stays open") {
    AtTheShelf demo;
    const int before = demo.sellable();
    demo.tell(picker, demo.picked(1));
    const auto ack = demo.tell(picker, demo.missing(2));
    REQUIRE(ack.notes);
    CHECK(ack.notes->front().reason == "too_many");
    CHECK_FALSE(is_short(demo.shipment()));
    CHECK(demo.sellable() == before);
}

TEST_CASE("no work is started from a shelf that was short") {
    AtTheShelf demo;
    demo.tell(picker, demo.missing(2));
    demo.order(small_order("H2", demo.line().sku.value, 1));
    for (const auto& started : demo.start().lists)
        for (const auto& line : demo.list_doc(picker).task.lines) {
            INFO(started.list.value);
            CHECK((line.sku != demo.line().sku || line.location != demo.line().location));
        }
}

TEST_CASE("a shelf that was short is blocked also when the shipment was cancelled before that was heard") {
    AtTheShelf demo;
    REQUIRE(demo.floor->cancel_shipment({}, ShipmentId{"S0000001"}, "K0001"));
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));  // what was not taken is free again
    REQUIRE(demo.shipment().states.work == domain::WorkState::cancelled);
    const int before = demo.sellable(), there = demo.on_that_shelf();
    demo.tell(picker, protocol::ListOpened{demo.list});
    CHECK_FALSE(demo.tell(picker, demo.missing(2)).notes);
    CHECK(demo.sellable() == before - there);
    CHECK(demo.total().is_conserved());
    demo.check_rebuilt();
}

TEST_CASE("a shipment that is short can still be cancelled, and then it is just cancelled") {
    AtTheShelf demo;
    demo.tell(picker, demo.missing(2));
    demo.tell(picker, protocol::ListFinished{demo.list});
    const auto answer = demo.floor->cancel_shipment({}, ShipmentId{"S0000001"}, "K0001");
    REQUIRE(answer);
    CHECK(answer.value().answer == "stopped");
    CHECK(demo.shipment().states.work == domain::WorkState::cancelled);
    CHECK_FALSE(is_short(demo.shipment()));
    demo.check_rebuilt();
}
