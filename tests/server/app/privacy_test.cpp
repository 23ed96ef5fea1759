// Who bought is known on the server alone, sealed: not in the events, not in what the API shows, not on the
// board, not in what devices are sent, and not in the clear in any table.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "server/app/views.hpp"
#include "server/store/events.hpp"
#include "server/web/board.hpp"
#include "server/web/show.hpp"
#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

const SiteId site{"TOKYO1"};
const std::vector<std::string> secrets = {"試験",          "花子",        "千代田1-1",
                                          "090-0000-1234", "09000001234", "1000001"};

void check_clean(const std::string& text, const std::string& where) {
    INFO(where);
    for (const auto& secret : secrets) CHECK(text.find(secret) == std::string::npos);
}

template <class T>
std::string shown(const Result<T>& view) {
    REQUIRE(view);
    return web::show(view.value());
}

std::string all_views(sqlite::Tx& tx) {
    const ShipmentId shipment{"S0000001"};
    return shown(order_views(tx, site, {}, {})) + shown(order_view(tx, site, {}, OrderId{"HONTEN:H1"})) +
           shown(shipment_views(tx, site, {}, {})) + shown(shipment_view(tx, site, {}, shipment)) +
           shown(history_views(tx, site, shipment)) + shown(list_views(tx, site)) +
           shown(piece_views(tx, site, {})) + shown(stock_views(tx, site));
}

std::string all_events(sqlite::Tx& tx) {
    std::string text;
    for (const auto& stored : store::events_after(tx, site, 0, 10'000))
        text += protocol::body_to_json(stored.event.body) + "\n";
    return text;
}

/// Every text column of the tables in which a buyer's words could lie.
std::string sealed_tables(sqlite::Tx& tx) {
    std::string text;
    for (const auto* table : {"buyer_text", "received_file"})
        for (const auto& [about, key, sealed] : tx.rows<std::string, std::string, std::string>(
                 std::string("SELECT about, wrapped_key, sealed FROM ") + table))
            text += about + key + sealed;
    return text;
}

}  // namespace

TEST_CASE("nothing but the sealed text knows who bought") {
    DemoFloor demo;
    demo.import_masters();
    demo.hello(DeviceId{"H1"}, "picker");
    demo.hello(DeviceId{"B1"}, "packer");
    demo.order(small_order("H1"));
    demo.order(small_order("H2", "NOT-OURS"));  // refused, and kept as it came
    const auto started = demo.start();
    REQUIRE(started.lists.size() == 1);
    const auto doc = protocol::doc_from_json(demo.last(DeviceId{"H1"}, protocol::Topic::doc));
    REQUIRE(doc);
    demo.pick(DeviceId{"H1"}, doc.value().lists.front());
    check_clean(demo.read<std::string>(all_views), "views");
    check_clean(demo.read<std::string>(all_events), "events");
    check_clean(demo.read<std::string>(sealed_tables), "sealed tables");
    const auto board = demo.floor->board();
    REQUIRE(board);
    check_clean(web::to_json(board.value()), "board");
    for (const auto& [device, messages] : demo.mail)
        for (const auto& message : messages) check_clean(message.payload, device.value);
}

TEST_CASE("a shop sees its own orders and shipments, and nobody else's") {
    DemoFloor demo;
    demo.import_masters();
    demo.order(small_order("H1"));
    const web::Scope rakuten{ShopId{"RAKUTEN"}}, honten{ShopId{"HONTEN"}};
    const auto sees = [&](const web::Scope& scope) {
        return demo.floor->database()
            .read([&](sqlite::Tx& tx) { return order_view(tx, site, scope, OrderId{"HONTEN:H1"}); })
            .
            operator bool();
    };
    CHECK(sees(honten));
    CHECK_FALSE(sees(rakuten));
    CHECK(demo.read<std::vector<web::ShipmentView>>(
                  [&](sqlite::Tx& tx) { return shipment_views(tx, site, rakuten, {}); })
              .empty());
}
