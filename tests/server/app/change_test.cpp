// A shop changes or cancels what it sent: the answer, and what becomes of it on the floor.
#include <string>

#include <doctest/doctest.h>

#include "core/domain/barcode.hpp"
#include "server/store/floor.hpp"
#include "server/store/floor_tasks.hpp"
#include "tests/server/app/one_shipment.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

struct Changing : OneShipment {
    /// Three ribbons instead of two.
    web::ChangeView change(const std::string& json = small_order("H1", "G-22081", 3)) {
        const auto answer = floor->change_order({}, {OrderId{"HONTEN:H1"}, json, "K0001"});
        if (!answer) FAIL(answer.error().detail);
        collect();
        REQUIRE(std::holds_alternative<web::ChangeView>(answer.value()));
        return std::get<web::ChangeView>(answer.value());
    }
    web::ShipmentView shipment_no(const ShipmentId& shipment) {
        return read<web::ShipmentView>([&](sqlite::Tx& tx) { return shipment_view(tx, site, {}, shipment); });
    }
    std::vector<store::LyingWaybill> to_pull_out() {
        return read<std::vector<store::LyingWaybill>>(
            [](sqlite::Tx& tx) { return Result(store::waybills_to_pull_out(tx, site)); });
    }
};

}  // namespace

TEST_CASE("an order whose work has not begun is changed: the new lines are planned, the old ones are not") {
    DemoFloor demo;
    demo.import_masters();
    demo.order(small_order("H1"));
    const auto answer =
        demo.floor->change_order({}, {OrderId{"HONTEN:H1"}, small_order("H1", "G-22081", 3), "K0001"});
    REQUIRE(answer);
    const auto& view = std::get<web::ChangeView>(answer.value());
    CHECK(view.answer == "changed");
    REQUIRE(view.shipments.size() == 1);
    const auto started = demo.start();
    REQUIRE(started.lists.size() == 1);
    CHECK(started.lists.front().shipments == 1);
    const auto stock = demo.read<std::vector<store::StockTotal>>(
        [](sqlite::Tx& tx) { return Result(store::stock_totals(tx, SiteId{"TOKYO1"})); });
    for (const auto& total : stock) {
        CHECK(total.is_conserved());
        if (total.sku == Sku{"G-22081"}) CHECK(total.reserved == Qty{3});
    }
}

TEST_CASE("an order in work is stopped and planned anew, and its waybill is void") {
    Changing demo;
    const auto view = demo.change();
    CHECK(view.answer == "stopped");
    CHECK(demo.shipment().states.work == domain::WorkState::cancelled);
    CHECK(demo.shipment().states.waybill == domain::WaybillState::voided);
    REQUIRE(view.shipments.size() == 1);
    CHECK(demo.shipment_no(view.shipments.front()).states.work == domain::WorkState::waiting);
    CHECK(demo.shipment_no(view.shipments.front()).lines.front().wanted == Qty{3});
    CHECK(demo.start().lists.size() == 1);
    demo.check_rebuilt();
}

TEST_CASE("said again as it stands, an order is unchanged; what is short is planned anew all the same") {
    Changing demo;
    CHECK(demo.change(small_order("H1")).answer == "unchanged");
    const auto doc = demo.list_doc(picker);
    const auto& line = doc.task.lines.front();
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.tell(picker, protocol::ShortageFound{demo.list, line.no, line.shipment, line.sku, line.location,
                                              line.wanted});
    demo.tell(picker, protocol::ListFinished{demo.list});
    CHECK(demo.change(small_order("H1")).answer == "stopped");
    demo.check_rebuilt();
}

TEST_CASE("a packed order is too late to change, and stands") {
    Changing demo;
    demo.pick(picker, demo.list_doc(picker));
    demo.pack(demo.at, demo.pack_doc());
    CHECK(demo.change().answer == "too_late");
    CHECK(demo.shipment().states.work == domain::WorkState::shipped);
    CHECK(demo.change().shipments.empty());
    demo.check_rebuilt();
}

TEST_CASE(
    "what cannot be taken changes nothing: another order's number, an unknown item, another shop's key") {
    Changing demo;
    const auto asked = [&](const std::string& json, const web::Scope& scope = {}) {
        return demo.floor->change_order(scope, {OrderId{"HONTEN:H1"}, json, "K0001"});
    };
    CHECK(std::holds_alternative<web::OrderNotJson>(asked("no").value()));
    for (const auto& json : {small_order("H2"), small_order("H1", "NOBODY")})
        CHECK(std::holds_alternative<web::OrderNotAcceptable>(asked(json).value()));
    CHECK_FALSE(asked(small_order("H1"), {ShopId{"RAKUTEN"}}));
    CHECK(demo.shipment().states.work == domain::WorkState::in_work);
    demo.check_rebuilt();
}

TEST_CASE("an order that waits for a person before it is taken is cancelled too, and says so") {
    DemoFloor demo;
    demo.import_masters();
    demo.order(small_order("H9", "NOBODY"));
    const auto answers = demo.floor->cancel_order({}, OrderId{"HONTEN:H9"}, "K0001");
    REQUIRE(answers);
    REQUIRE(answers.value().size() == 1);
    CHECK(answers.value().front().answer == "dropped");
    CHECK_FALSE(demo.floor->cancel_order({}, OrderId{"HONTEN:H9"}, "K0001"));
    CHECK_FALSE(demo.floor->cancel_order({ShopId{"RAKUTEN"}}, OrderId{"HONTEN:H9"}, "K0001"));
}

TEST_CASE(
    "a printed waybill of a changed order is pulled out, destroyed by its scan once, and never a living "
    "one") {
    Changing demo;
    const auto number = demo.shipment().pieces.front().tracking;
    REQUIRE(number);
    CHECK_FALSE(demo.floor->pull_out(number->value, "K0001"));  // it lives
    demo.tell(demo.at, protocol::PaperPrinted{ShipmentId{"S0000001"}, PieceNo{1}, "waybill", 1,
                                              PrinterId{"L1"}, "printed", *number, ""});
    demo.change();
    REQUIRE(demo.to_pull_out().size() == 1);
    CHECK(demo.to_pull_out().front().tracking == *number);
    for (int twice = 0; twice < 2; ++twice) {
        const auto answer = demo.floor->pull_out("A" + number->value + "A", "K0001");
        REQUIRE(answer);
        CHECK(answer.value().is_destroyed);
    }
    CHECK(demo.to_pull_out().empty());
    CHECK_FALSE(demo.floor->pull_out("nothing", "K0001"));
    demo.check_rebuilt();
}

TEST_CASE("our own label that was never printed is nowhere to be pulled out") {
    Changing demo;
    demo.change();
    CHECK(demo.to_pull_out().empty());
}

TEST_CASE(
    "a changed order whose waybill was issued before is given its new one by the order's number alone") {
    DemoFloor demo;
    demo.import_masters();
    demo.order(small_order("R1"), "RAKUTEN");
    const auto returned = [&](const std::string& eleven) {
        return demo.import(
            web::Table::waybills,
            "お客様管理番号,伝票番号\r\nR1," + eleven + domain::tracking_check_digit(eleven) + "\r\n",
            ShopId{"RAKUTEN"});
    };
    CHECK(returned("00009000001").taken == 1);
    REQUIRE(demo.floor->change_order({}, {OrderId{"RAKUTEN:R1"}, small_order("R1", "G-22081", 3), "K0001"}));
    CHECK(returned("00009000002").taken == 1);
    CHECK(returned("00009000001").refused.front().reason == "bound_to_another");  // of what will not leave
}
