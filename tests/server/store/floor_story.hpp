#pragma once
// A small floor for the store's tests: one site, one owner, a shelf of tea and one of rice, and the words to
// tell what happened there. Each word is one event; nothing here knows the tables.
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "adaptors/sqlite/database.hpp"
#include "server/store/events.hpp"
#include "server/store/migrations.hpp"
#include "server/store/projection.hpp"
#include "tests/support/engine.hpp"

namespace kenpin::store {

struct FloorStory {
    support::FreshDatabase fresh;
    sqlite::Database database = std::move(sqlite::Database::open(fresh.url())).value();
    SiteId site{"TOKYO1"};
    OwnerId owner{"OWN1"};
    ShopId shop{"HONTEN"};
    ShipmentId shipment{"S0000001"};
    ListId list{"P000001"};
    DeviceId server{"server"}, picker{"H1"}, packer{"B1"};
    Instant now = *parse_instant("2026-11-24T08:00:00+09:00");
    std::map<DeviceId, Seq> seqs;

    FloorStory() {
        const auto migrated = sqlite::migrate(database, migrations());
        if (!migrated) FAIL(migrated.error().detail);
    }

    /// Runs `ask(tx)` and gives its answer.
    template <class Ask>
    auto read(const Ask& ask) {
        using Answer = decltype(ask(std::declval<sqlite::Tx&>()));
        auto answer = database.transact([&](sqlite::Tx& tx) -> Result<Answer> { return ask(tx); });
        if (!answer) FAIL(answer.error().detail);
        return std::move(answer).value();
    }

    protocol::Event event(const DeviceId& device, Seq seq, protocol::Body body) {
        return {device, Epoch{7}, seq, now, WorkerId{"1001"}, "", std::move(body)};
    }
    Appended append_event(const protocol::Event& event) {
        return read([&](sqlite::Tx& tx) { return append(tx, site, event, now); });
    }
    /// The device's next event. Answers why it took no effect; empty: it took effect.
    std::string tell(const DeviceId& device, protocol::Body body) {
        now += Millis{1000};
        auto& seq = seqs[device];
        seq = Seq{seq.value + 1};
        const auto appended = append_event(event(device, seq, std::move(body)));
        REQUIRE(std::holds_alternative<New>(appended));
        return std::get<New>(appended).no_effect_because;
    }
    /// The server's next decision.
    std::string decided(protocol::Body body) {
        now += Millis{1000};
        ++seqs[server].value;
        const auto made = read([&](sqlite::Tx& tx) {
            return decide(tx, site, Author{server, Epoch{7}}, now, std::move(body));
        });
        return made.no_effect_because;
    }

    // ---- the words ----

    std::string stock_arrives(int tea, int rice) {
        return decided(
            protocol::StockReceived{owner,
                                    "opening",
                                    {{LocationCode{"A-01"}, Sku{"TEA"}, LotNo{}, std::nullopt, Qty{tea}},
                                     {LocationCode{"A-02"}, Sku{"RICE"}, LotNo{}, std::nullopt, Qty{rice}}}});
    }
    OrderId order_id(const std::string& number = "1") const { return OrderId{shop.value + ":" + number}; }
    std::string order_arrives(const std::string& number = "1") {
        domain::Order order;
        order.owner = owner;
        order.shop = shop;
        order.id = order_id(number);
        order.number_in_shop = number;
        order.ordered_at = now;
        order.buyer_text = BuyerTextId{"bt-" + number};
        order.content_hash = "hash-" + number;
        order.lines = {{LineNo{1}, Sku{"TEA"}, Qty{2}, Yen{500}, 8, "煎茶", 1},
                       {LineNo{2}, Sku{"RICE"}, Qty{1}, Yen{900}, 8, "米", 1}};
        return decided(protocol::OrderReceived{order, {}});
    }
    std::string shipment_is_planned(domain::WaybillWay way = domain::WaybillWay::own_label, int pieces = 1) {
        protocol::ShipmentPlanned planned;
        planned.owner = owner;
        planned.shop = shop;
        planned.shipment = shipment;
        planned.orders = {order_id()};
        planned.carrier = CarrierId{"yamato"};
        planned.service = "宅急便";
        planned.way = way;
        planned.ship_day = *parse_day("2026-11-24");
        planned.ship_day_reason = "today";
        planned.pieces = pieces;
        planned.buyer_text = BuyerTextId{"bt-1"};
        planned.lines = {{LineNo{1}, order_id(), LineNo{1}, Sku{"TEA"}, Qty{2}},
                         {LineNo{2}, order_id(), LineNo{2}, Sku{"RICE"}, Qty{1}}};
        return decided(planned);
    }
    std::string stock_is_allocated() {
        return decided(
            protocol::StockAllocated{shipment,
                                     domain::StockState::allocated,
                                     {{LineNo{1}, Sku{"TEA"}, Qty{2}}, {LineNo{2}, Sku{"RICE"}, Qty{1}}}});
    }
    std::string list_is_started() {
        return decided(protocol::ListStarted{
            owner,
            list,
            packer,
            {{SlotNo{1}, shipment}},
            {{LineNo{1}, shipment, LineNo{1}, SlotNo{1}, LocationCode{"A-01"}, Sku{"TEA"}, LotNo{}, Qty{2}},
             {LineNo{2}, shipment, LineNo{2}, SlotNo{1}, LocationCode{"A-02"}, Sku{"RICE"}, LotNo{},
              Qty{1}}}});
    }
    std::string list_is_leased(const DeviceId& device) {
        return decided(protocol::ListLeased{list, device, now + std::chrono::minutes{45}});
    }
    std::string tote_is_bound(const std::string& tote = "0001") {
        return tell(picker, protocol::ToteBound{list, SlotNo{1}, shipment, ToteCode{tote}});
    }
    std::string picks(LineNo line, const char* sku, const char* location, int units) {
        return tell(picker, protocol::ItemPicked{list, line, shipment, Sku{sku}, LocationCode{location},
                                                 Qty{units}, "49"});
    }
    std::string puts_in_slot(LineNo line, int units) {
        return tell(picker, protocol::SlotConfirmed{list, line, shipment, SlotNo{1}, Qty{units}});
    }
    std::string waybill_is_issued(const char* tracking = "000010000034", int piece = 1) {
        return decided(protocol::WaybillIssued{shipment, PieceNo{piece}, TrackingNo{tracking},
                                               domain::WaybillWay::own_label});
    }
    std::string verifies(LineNo line, const char* sku, int units) {
        return tell(packer, protocol::GoodsVerified{shipment, line, Sku{sku}, Qty{units}, "49"});
    }
    std::string closes(const char* tracking = "000010000034", int piece = 1) {
        return tell(packer, protocol::PieceClosed{shipment, PieceNo{piece}, TrackingNo{tracking}});
    }
    std::string ships() { return decided(protocol::ShipmentShipped{shipment}); }

    void until_started() {
        stock_arrives(10, 10);
        order_arrives();
        shipment_is_planned();
        stock_is_allocated();
        waybill_is_issued();
        list_is_started();
        list_is_leased(picker);
    }
    void until_picked() {
        until_started();
        tote_is_bound();
        picks(LineNo{1}, "TEA", "A-01", 1);
        picks(LineNo{1}, "TEA", "A-01", 1);
        puts_in_slot(LineNo{1}, 2);
        picks(LineNo{2}, "RICE", "A-02", 1);
        puts_in_slot(LineNo{2}, 1);
        tell(picker, protocol::ListFinished{list});
    }
    void until_verified() {
        until_picked();
        tell(packer, protocol::PackOpened{shipment, "0001"});
        verifies(LineNo{1}, "TEA", 2);
        verifies(LineNo{2}, "RICE", 1);
        tell(packer, protocol::PaperPrinted{shipment, PieceNo{1}, "waybill", 1, PrinterId{"LP1"}, "sent",
                                            TrackingNo{"000010000034"}, ""});
    }
    void until_shipped() {
        until_verified();
        closes();
        ships();
    }

    // ---- what the tables say ----

    std::string text(const std::string& column, const std::string& table) {
        return read([&](sqlite::Tx& tx) {
            return tx.value<std::string>("SELECT " + column + " FROM " + table + " WHERE site = ?", site)
                .value_or("none");
        });
    }
    int number(const std::string& expression, const std::string& rest) {
        return read([&](sqlite::Tx& tx) {
            return tx.value<int>("SELECT " + expression + " FROM " + rest).value_or(-1);
        });
    }
    std::string tables() {
        return read([&](sqlite::Tx& tx) { return projections_as_text(tx, site); });
    }
};

}  // namespace kenpin::store
