// Cancelling on the whole floor: before the start, at the picker, at the bench, too late.
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "server/app/documents.hpp"
#include "server/app/exceptions.hpp"
#include "server/store/floor.hpp"
#include "tests/server/app/one_shipment.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

struct Cancelling : OneShipment {
    std::string cancel(const char* shipment = "S0000001", const web::Scope& scope = {}) {
        const auto answer = floor->cancel_shipment(scope, ShipmentId{shipment}, "K0001");
        if (!answer) return "error";
        collect();
        return answer.value().answer;
    }
    std::map<std::string, store::StockTotal> totals() {
        const auto rows = read<std::vector<store::StockTotal>>(
            [](sqlite::Tx& tx) { return Result(store::stock_totals(tx, site)); });
        std::map<std::string, store::StockTotal> found;
        for (const auto& row : rows) {
            CHECK(row.is_conserved());
            found.emplace(row.sku.value, row);
        }
        return found;
    }
    store::StockTotal ribbon() { return totals().at("G-22081"); }
    int shelved() {
        int sum = 0;
        for (const auto& row : read<std::vector<store::StockRow>>(
                 [](sqlite::Tx& tx) { return Result(store::stock_rows(tx, site)); }))
            sum += row.shelved.value;
        return sum;
    }
    domain::WorkState work() { return shipment().states.work; }
    std::vector<web::ExceptionView> exceptions() {
        return read<std::vector<web::ExceptionView>>(
            [](sqlite::Tx& tx) { return exception_views(tx, site, {}); });
    }
};

/// The one list with two boxes of two orders.
struct TwoBoxes : DemoFloor {
    TwoBoxes() {
        import_masters();
        hello(picker, "picker");
        hello(bench, "packer");
        hello(other_bench, "packer");
        order(small_order("H1"));
        order(small_order("H2"));
        const auto started = start();
        REQUIRE(started.lists.size() == 1);
        list = started.lists.front().list;
        doc = protocol::doc_from_json(last(picker, protocol::Topic::doc)).value().lists.front();
        REQUIRE(doc.task.slots.size() == 2);
    }
    ListId list;
    protocol::PickListDoc doc;
};

}  // namespace

TEST_CASE("before the start: cancelled, and its stock is another order's") {
    DemoFloor demo;
    demo.import_masters();
    demo.order(small_order("H1"));
    const auto answers = demo.floor->cancel_order({ShopId{"HONTEN"}}, OrderId{"HONTEN:H1"}, "shop:HONTEN");
    REQUIRE(answers);
    REQUIRE(answers.value().size() == 1);
    CHECK(answers.value().front().answer == "cancelled");
    CHECK(demo.start().lists.empty());
    for (const auto& total : demo.read<std::vector<store::StockTotal>>(
             [](sqlite::Tx& tx) { return Result(store::stock_totals(tx, site)); }))
        CHECK(total.reserved == Qty{0});
    CHECK(demo.floor->cancel_order({ShopId{"HONTEN"}}, OrderId{"HONTEN:H1"}, "x").value().front().answer ==
          "cancelled");
}

TEST_CASE("another shop's order is not there") {
    Cancelling demo;
    CHECK(demo.cancel("S0000001", {ShopId{"RAKUTEN"}}) == "error");
    CHECK(demo.cancel("S9999999") == "error");
    CHECK(demo.work() == domain::WorkState::in_work);
}

TEST_CASE("started and in nobody's hands: stopped, the shelf is free at once, the list has nothing to pick") {
    Cancelling demo;
    CHECK(demo.ribbon().reserved == Qty{2});
    CHECK(demo.shelved() == 2);
    CHECK(demo.cancel() == "stopped");
    CHECK(demo.work() == domain::WorkState::cancelled);
    CHECK(demo.ribbon().reserved == Qty{0});
    CHECK(demo.shelved() == 0);
    CHECK(demo.list_doc(picker).task.slots.front().stopped);
    CHECK(domain::step_of(demo.list_doc(picker).task) == domain::PickStep::done);
    CHECK(demo.shipment().cancel == "stopped");
    demo.check_rebuilt();
}

TEST_CASE(
    "in the picker's hands: he hears of it at once, the other box goes on, and at the end its stock is "
    "free") {
    TwoBoxes demo;
    const auto& doc = demo.doc;
    const auto stopped = doc.task.slots.front().shipment, other = doc.task.slots.back().shipment;
    demo.tell(picker, protocol::ListOpened{demo.list});
    for (const auto& slot : doc.task.slots)
        demo.tell(picker, protocol::ToteBound{demo.list, slot.no, slot.shipment,
                                              ToteCode{"000" + std::to_string(slot.no.value)}});
    const auto& line = doc.task.lines.front();
    REQUIRE(line.shipment == stopped);
    demo.tell(picker, protocol::LocationConfirmed{demo.list, line.no, line.location});
    demo.tell(picker,
              protocol::ItemPicked{demo.list, line.no, line.shipment, line.sku, line.location, Qty{1}, ""});
    CHECK(demo.floor->cancel_shipment({}, stopped, "K0001").value().answer == "stopped");
    demo.collect();
    const auto fresh = protocol::doc_from_json(demo.last(picker, protocol::Topic::doc)).value().lists.front();
    CHECK(fresh.version > doc.version);
    CHECK(fresh.task.slots.front().stopped);
    CHECK(domain::current_line(fresh.task)->shipment == other);
    // One more that he took before he heard of it: it left the shelf, so it counts.
    CHECK_FALSE(demo.tell(picker, protocol::ItemPicked{demo.list, line.no, line.shipment, line.sku,
                                                       line.location, Qty{1}, ""})
                    .notes);
    const auto& rest = doc.task.lines.back();
    demo.tell(picker, protocol::LocationConfirmed{demo.list, rest.no, rest.location});
    demo.tell(picker, protocol::ItemPicked{demo.list, rest.no, rest.shipment, rest.sku, rest.location,
                                           rest.wanted, ""});
    demo.tell(picker, protocol::SlotConfirmed{demo.list, rest.no, rest.shipment, rest.slot, rest.wanted});
    CHECK_FALSE(demo.tell(picker, protocol::ListFinished{demo.list}).notes);
    const auto view = [&](const ShipmentId& id) {
        return demo.read<web::ShipmentView>([&](sqlite::Tx& tx) { return shipment_view(tx, site, {}, id); });
    };
    CHECK(view(stopped).states.work == domain::WorkState::cancelled);
    CHECK(view(other).states.work == domain::WorkState::picked);
    CHECK(view(stopped).lines.front().picked == Qty{2});  // lies in the box until it is put back
    for (const auto& total : demo.read<std::vector<store::StockTotal>>(
             [](sqlite::Tx& tx) { return Result(store::stock_totals(tx, site)); })) {
        CHECK(total.is_conserved());
        CHECK(total.reserved == Qty{0});
    }
}

TEST_CASE("picked: its bench refuses it, and nothing is printed for it") {
    Cancelling demo;
    demo.pick(picker, demo.list_doc(picker));
    CHECK_FALSE(demo.pack_doc().task.stopped);
    CHECK(demo.cancel() == "stopped");
    CHECK(demo.pack_doc().task.stopped);
    CHECK(demo.hello(demo.at, "packer").packs.at(0).task.stopped);  // also to one who was away
    const auto& parts = demo.floor->parts();
    CHECK_FALSE(demo.floor->database().read([&](sqlite::Tx& tx) {
        return sealed_print_document(tx, parts.site, parts.key, demo.at, ShipmentId{"S0000001"});
    }));
    CHECK(demo.ribbon().in_work == Qty{2});  // not sellable before it is put back
}

TEST_CASE(
    "a bench that could not know closes it: kept as an exception, not shipped, and the answer is too late") {
    Cancelling demo;
    demo.pick(picker, demo.list_doc(picker));
    const auto pack = demo.pack_doc();
    CHECK(demo.cancel() == "stopped");
    demo.pack(demo.at, pack);
    CHECK(demo.work() == domain::WorkState::cancelled);
    CHECK(demo.shipment().cancel == "too_late");
    const auto kept = demo.exceptions();
    REQUIRE_FALSE(kept.empty());
    CHECK(kept.back().what == "piece_closed");
    CHECK(kept.back().reason == "stopped");
    demo.floor->tick();
    demo.collect();
    CHECK(demo.reports.empty());
    CHECK(demo.cancel() == "too_late");
    demo.check_rebuilt();
}

TEST_CASE("what has left is too late") {
    Cancelling demo;
    demo.pick(picker, demo.list_doc(picker));
    demo.pack(demo.at, demo.pack_doc());
    CHECK(demo.cancel() == "too_late");
    CHECK(demo.work() == domain::WorkState::shipped);
    CHECK(demo.shipment().cancel == "too_late");
}

TEST_CASE("stopped in a list that is taken back: it is cancelled then") {
    Cancelling demo;
    demo.tell(picker, protocol::ListOpened{demo.list});
    CHECK(demo.cancel() == "stopped");
    CHECK(demo.work() == domain::WorkState::in_work);
    CHECK(demo.ribbon().reserved == Qty{2});
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    CHECK(demo.work() == domain::WorkState::cancelled);
    CHECK(demo.ribbon().reserved == Qty{0});
}
