// Goods of stopped shipments go back, and shelves that were short are given out again.
#include "server/app/floor_tasks.hpp"

#include <string>

#include <doctest/doctest.h>

#include "server/store/floor.hpp"
#include "server/store/planning.hpp"
#include "tests/server/app/one_shipment.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

struct Afterwards : OneShipment {
    Afterwards() : doc(list_doc(picker)) {}
    const domain::PickLine& line() const { return doc.task.lines.front(); }
    web::FloorTasks tasks() {
        return read<web::FloorTasks>([](sqlite::Tx& tx) { return Result(floor_tasks(tx, site)); });
    }
    std::string code() {
        REQUIRE_FALSE(line().codes.empty());
        return line().codes.front().code;
    }
    std::string put_back(const std::string& item, const std::string& shelf, int left) {
        const auto answer = floor->put_back({ShipmentId{"S0000001"}, item, shelf, Qty{left}}, "K0001");
        REQUIRE(answer);
        return answer.value().refusal;
    }
    store::StockTotal total() {
        for (const auto& row : read<std::vector<store::StockTotal>>(
                 [](sqlite::Tx& tx) { return Result(store::stock_totals(tx, site)); }))
            if (row.sku == line().sku) return row;
        return {};
    }
    int sellable() {
        return read<int>([&](sqlite::Tx& tx) {
            return Result(store::free_stock(tx, site, OwnerId{"OWN1"})[line().sku].value);
        });
    }
    protocol::PickListDoc doc;
};

}  // namespace

TEST_CASE("goods taken for a cancelled shipment are sellable only when each was scanned back") {
    Afterwards demo;
    const int before = demo.sellable();
    demo.pick(picker, demo.doc);
    CHECK(demo.tasks().put_back.empty());
    REQUIRE(demo.floor->cancel_shipment({}, ShipmentId{"S0000001"}, "K0001"));
    REQUIRE(demo.tasks().put_back.size() == 1);
    CHECK(demo.tasks().put_back.front().left == Qty{2});
    CHECK(demo.sellable() == before);
    CHECK(demo.total().in_work == Qty{2});

    const auto shelf = demo.line().location.value;
    CHECK(demo.put_back("4900000000004", shelf, 2) == "wrong_item");
    CHECK(demo.put_back(demo.code(), "Z-99-99-9", 2) == "wrong_location");
    CHECK(demo.put_back(demo.code(), shelf, 2).empty());
    CHECK(demo.put_back(demo.code(), shelf, 2) == "done_already");
    CHECK(demo.sellable() == before + 1);
    CHECK(demo.put_back(demo.code(), shelf, 1).empty());
    CHECK(demo.sellable() == before + 2);
    CHECK(demo.tasks().put_back.empty());
    CHECK(demo.total().in_work == Qty{0});
    CHECK(demo.total().is_conserved());
    demo.check_rebuilt();
}

TEST_CASE("a shelf that was short is given out again when a supervisor has looked") {
    Afterwards demo;
    const auto& line = demo.line();
    const int before = demo.sellable();
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.tell(picker,
              protocol::ShortageFound{demo.list, line.no, line.shipment, line.sku, line.location, Qty{2}});
    REQUIRE(demo.tasks().blocked.size() == 1);
    CHECK(demo.tasks().blocked.front().location == line.location);
    CHECK(demo.sellable() < before);
    REQUIRE(demo.floor->free_shelf({line.sku, line.location}, "K0001"));
    CHECK(demo.tasks().blocked.empty());
    CHECK(demo.sellable() == before + 2);
    CHECK_FALSE(demo.floor->free_shelf({line.sku, line.location}, "K0001"));
    demo.check_rebuilt();
}
