#include "server/app/floor.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "core/protocol/print_document.hpp"
#include "server/app/documents.hpp"
#include "server/app/views.hpp"
#include "server/store/chain.hpp"
#include "server/store/exceptions.hpp"
#include "tests/server/app/one_shipment.hpp"

using namespace kenpin;
using namespace kenpin::app;

TEST_CASE("the demo's 72 orders become 67 started shipments and two that wait for stock") {
    DemoFloor demo;
    demo.import_masters();
    CHECK(demo.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"}).taken == 48);
    CHECK(demo.import(web::Table::waybills, demo_file("waybills-yamato.csv"), ShopId{"RAKUTEN"}).taken == 49);
    const auto json = demo_file("orders-honten.json");
    for (std::size_t from = json.find("{\"v\""); from != std::string::npos;) {
        const auto next = json.find("{\"v\"", from + 1);
        const auto end = json.rfind('}', next == std::string::npos ? std::string::npos : next - 1);
        CHECK(std::holds_alternative<web::OrderTaken>(demo.order(json.substr(from, end - from + 1))));
        from = next;
    }
    const auto started = demo.start();
    int shipments = 0;
    for (const auto& list : started.lists) shipments += list.shipments;
    CHECK(shipments == 67);
    REQUIRE(started.waiting.size() == 2);
    CHECK(started.waiting.front().reason == "no_stock");
}

TEST_CASE("one shipment goes the whole way: list, picks, goods, waybill, shipped, shop told once") {
    OneShipment demo;
    demo.pick(picker, demo.list_doc(picker));
    const auto pack = demo.pack_doc();
    CHECK(pack.task.pieces.size() == 1);
    CHECK(pack.tote.has_value());
    demo.pack(demo.at, pack);
    CHECK(demo.shipment().states.work == domain::WorkState::shipped);
    demo.floor->tick();
    demo.collect();
    REQUIRE(demo.reports.size() == 1);
    CHECK(demo.reports.front().body.find(pack.task.pieces.front().live->value) != std::string::npos);
    demo.floor->report_answered(demo.reports.front(), 200);
    demo.now += std::chrono::hours{1};
    demo.floor->tick();
    demo.collect();
    CHECK(demo.reports.size() == 1);
    CHECK(demo.shipment().report == "accepted");
}

TEST_CASE("a shop that does not answer is asked again later with the same key, until it does") {
    OneShipment demo;
    demo.pick(picker, demo.list_doc(picker));
    demo.pack(demo.at, demo.pack_doc());
    demo.floor->tick();
    demo.collect();
    REQUIRE(demo.reports.size() == 1);
    demo.floor->tick();  // under way: not twice at once
    demo.collect();
    CHECK(demo.reports.size() == 1);
    demo.floor->report_answered(demo.reports.front(), 0);
    demo.floor->tick();  // not before its pause is over
    demo.collect();
    CHECK(demo.reports.size() == 1);
    demo.now += std::chrono::minutes{1};
    demo.floor->tick();
    demo.collect();
    REQUIRE(demo.reports.size() == 2);
    CHECK(demo.reports[0].key == demo.reports[1].key);
    CHECK(demo.reports[1].attempts == 2);
}

TEST_CASE("the same event again is acknowledged and counted once") {
    OneShipment demo;
    const auto doc = demo.list_doc(picker);
    demo.pick(picker, doc);
    const auto& line = doc.task.lines.front();
    const protocol::Body again =
        protocol::ItemPicked{doc.task.list, line.no, line.shipment, line.sku, line.location, line.wanted, ""};
    const auto upto = demo.seqs[picker];
    demo.hear(sync::BatchCame{
        picker, {Epoch{7}, {{picker, Epoch{7}, Seq{4}, demo.now, WorkerId{"1001"}, "", again}}}});
    const auto ack = protocol::ack_from_json(demo.last(picker, protocol::Topic::ack));
    REQUIRE(ack);
    CHECK(ack.value().upto == upto);
    CHECK(demo.shipment().lines.front().picked == line.wanted);
}

TEST_CASE("a gap is answered with the event that is missing") {
    OneShipment demo;
    (void)demo.next_event(picker, protocol::WorkerSignedIn{WorkerId{"1001"}});  // lost on the way
    const auto ack = demo.tell(picker, protocol::WorkerSignedOut{WorkerId{"1001"}});
    CHECK(ack.upto == Seq{0});
    CHECK(ack.expect == Seq{1});
}

TEST_CASE(
    "a list is in one picker's hands: the others drop it, and what another one tells of it is kept as "
    "evidence") {
    OneShipment demo;
    const auto doc = demo.list_doc(picker);
    demo.tell(picker, protocol::ListOpened{demo.list});
    const auto to_other = protocol::doc_from_json(demo.last(other_picker, protocol::Topic::doc));
    REQUIRE(to_other);
    CHECK(to_other.value().gone == std::vector<std::string>{demo.list.value});
    CHECK(demo.hello(other_picker, "picker").lists.empty());
    const auto& slot = doc.task.slots.front();
    const auto ack =
        demo.tell(other_picker, protocol::ToteBound{demo.list, slot.no, slot.shipment, ToteCode{"0001"}});
    CHECK(ack.upto == Seq{1});  // never dropped
    const auto now = demo.hello(picker, "picker");
    REQUIRE(now.lists.size() == 1);
    CHECK_FALSE(now.lists.front().task.slots.front().tote);  // and without effect
}

TEST_CASE("a list whose picker has gone is offered again when its lease and the grace are over") {
    OneShipment demo;
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.now += limits::lease;
    CHECK(demo.hello(other_picker, "picker").lists.empty());
    demo.now += limits::lease_grace + std::chrono::seconds{1};
    CHECK(demo.hello(other_picker, "picker").lists.size() == 1);
}

TEST_CASE("a picker who comes back after his lease may go on with a list that nobody took meanwhile") {
    OneShipment demo;
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.now += limits::lease + limits::lease_grace + std::chrono::seconds{1};
    CHECK(demo.hello(picker, "picker").lists.at(0).lease == limits::lease);
    CHECK(demo.hello(other_picker, "picker").lists.empty());
}

TEST_CASE(
    "a server that was restarted offers anew what it offered before, so that no offer runs out unseen") {
    OneShipment demo;
    const auto doc = demo.list_doc(picker);
    const auto server = demo.hello(picker, "picker").server;
    sync::HelloCame holds_it{picker,
                             {.lives = {{Epoch{7}, Seq{1}, {}, {}}},
                              .device_time = demo.now,
                              .role = "picker",
                              .program = "test",
                              .lists = {{demo.list.value, doc.version, server}},
                              .packs = {}}};
    const auto offered = [&] {
        demo.hear(holds_it);
        return protocol::snapshot_from_json(demo.last(picker, protocol::Topic::snapshot))
            .value()
            .lists.size();
    };
    CHECK(offered() == 0);
    const auto parts = demo.floor->parts();
    auto database = std::move(demo.floor->database());
    demo.floor.reset();
    demo.floor = std::move(Floor::open(std::move(database), parts)).value();
    CHECK(offered() == 1);
}

TEST_CASE("a document counts what the device has told so far, so that nothing is counted twice") {
    OneShipment demo;
    const auto doc = demo.list_doc(picker);
    const auto& line = doc.task.lines.front();
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.tell(picker,
              protocol::ToteBound{demo.list, doc.task.slots.front().no, line.shipment, ToteCode{"0001"}});
    demo.tell(picker, protocol::LocationConfirmed{demo.list, line.no, line.location});
    demo.tell(picker,
              protocol::ItemPicked{demo.list, line.no, line.shipment, line.sku, line.location, Qty{1}, ""});
    const auto snapshot = demo.hello(picker, "picker");
    REQUIRE(snapshot.lists.size() == 1);
    CHECK(snapshot.lists.front().task.lines.front().in_hand == Qty{1});
    CHECK(snapshot.lists.front().folded_upto.at(0).seq == Seq{4});
}

TEST_CASE("a document counts what each life of the device has told, also one that is not drained yet") {
    OneShipment demo;
    const auto doc = demo.list_doc(picker);
    demo.tell(picker, protocol::ListOpened{demo.list});  // under epoch 7
    demo.hear(sync::HelloCame{picker,
                              {.lives = {{Epoch{7}, Seq{1}, Seq{3}, Seq{0}}, {Epoch{8}, Seq{1}, {}, {}}},
                               .device_time = demo.now,
                               .role = "picker",
                               .program = "test",
                               .lists = {},
                               .packs = {}}});
    const auto snapshot = protocol::snapshot_from_json(demo.last(picker, protocol::Topic::snapshot)).value();
    CHECK(snapshot.epoch == Epoch{8});
    REQUIRE(snapshot.stored.size() == 2);
    CHECK(snapshot.stored[0].upto == Seq{1});
    CHECK(snapshot.stored[1].upto == Seq{0});
    const auto& folded = snapshot.lists.front().folded_upto;
    REQUIRE(folded.size() == 2);
    CHECK(folded[0].epoch == Epoch{7});
    CHECK(folded[0].seq == Seq{1});
}

TEST_CASE("a server that was put back behind what its devices keep says what is lost and goes on") {
    OneShipment demo;
    sync::HelloCame hello{picker,
                          {.lives = {{Epoch{9}, Seq{5}, Seq{6}, Seq{6}}},
                           .device_time = demo.now,
                           .role = "picker",
                           .program = "test",
                           .lists = {},
                           .packs = {}}};
    demo.hear(hello);
    const auto snapshot = protocol::snapshot_from_json(demo.last(picker, protocol::Topic::snapshot)).value();
    CHECK(snapshot.stored.at(0).upto == Seq{4});
    CHECK_FALSE(snapshot.stored.at(0).kept_upto);
    demo.hear(hello);  // said once only
    const auto lost = demo.floor->database().read([&](sqlite::Tx& tx) {
        return Result(store::open_exceptions(tx, demo.floor->parts().site.site, 0, 10));
    });
    REQUIRE(lost.value().size() == 1);
    CHECK(lost.value()[0].reason == "events_lost");
}

TEST_CASE("a waybill that is not this shipment's closes nothing, whatever the bench says") {
    OneShipment demo;
    demo.pick(picker, demo.list_doc(picker));
    const auto pack = demo.pack_doc();
    const auto& line = pack.task.lines.front();
    demo.tell(demo.at, protocol::GoodsVerified{pack.task.shipment, line.no, line.sku, line.wanted, ""});
    demo.tell(demo.at, protocol::PieceClosed{pack.task.shipment, PieceNo{1}, TrackingNo{"000010000034"}});
    CHECK(demo.shipment().states.work == domain::WorkState::verified);
    CHECK_FALSE(demo.shipment().pieces.front().is_closed);
}

TEST_CASE("papers are sealed for the bench that packs, and for no other device") {
    OneShipment demo;
    demo.pick(picker, demo.list_doc(picker));
    const auto& parts = demo.floor->parts();
    const ShipmentId shipment{"S0000001"};
    const auto sealed_for = [&](const DeviceId& device) {
        return demo.floor->database().read([&](sqlite::Tx& tx) {
            return sealed_print_document(tx, parts.site, parts.key, device, shipment);
        });
    };
    CHECK_FALSE(sealed_for(demo.at == bench ? other_bench : bench));
    CHECK_FALSE(sealed_for(picker));
    const auto sealed = sealed_for(demo.at);
    REQUIRE(sealed);
    CHECK(sealed.value().find("花子") == std::string::npos);
    const auto settings = demo.hello(demo.at, "packer").settings;
    const auto key = crypto::Key::from_bytes(crypto::from_base64(settings.document_key).value());
    REQUIRE(key);
    const auto opened = crypto::open(key.value(), sealed.value(), protocol::sealing_context(shipment));
    REQUIRE(opened);
    const auto papers = protocol::print_document_from_json(opened.value().reveal());
    REQUIRE(papers);
    CHECK(papers.value().ship_to.name.reveal() == "試験 花子");
}

TEST_CASE("the server's own decisions are a chain without gaps") {
    OneShipment demo;
    demo.pick(picker, demo.list_doc(picker));
    demo.pack(demo.at, demo.pack_doc());
    const auto report =
        demo.read<store::ChainReport>([](sqlite::Tx& tx) { return store::verify_chain(tx, site); });
    CHECK(report.is_whole());
    CHECK(report.events > 20);
}

TEST_CASE("all that is wrong with an order is told at once: how it is written and what it means") {
    DemoFloor demo;
    demo.import_masters();
    auto json = small_order("H9", "NOT-OURS");
    json.replace(json.find("\"1000001\""), 9, "5");
    json.replace(json.find("\"card\""), 6, "\"gold\"");
    const auto answer = demo.order(json);
    REQUIRE(std::holds_alternative<web::OrderNotAcceptable>(answer));
    std::set<std::string> told;
    for (const auto& reason : std::get<web::OrderNotAcceptable>(answer).reasons)
        told.insert(reason.field + ": " + reason.reason);
    CHECK(told == std::set<std::string>{"buyer.postcode: wrong_type", "payment: bad_value",
                                        "lines[0].sku: unknown_item"});
}

TEST_CASE("a shipment's lines say what the goods are called") {
    OneShipment demo;
    CHECK_FALSE(demo.shipment().lines.front().name.empty());
}

TEST_CASE("a key is made for a shop of the master, and its making and revoking stand in the chain") {
    DemoFloor demo;
    demo.import_masters();
    const web::NewKey wanted{
        .name = "cart", .shop = ShopId{"HONTEN"}, .scopes = {web::KeyScope::orders_write}};
    const auto made = demo.floor->make_api_key(wanted, "admin");
    REQUIRE(made);
    CHECK(made.value().key == "K0001");
    CHECK(made.value().secret.reveal().size() > 40);
    CHECK_FALSE(
        demo.floor->make_api_key({.name = "x", .shop = ShopId{"NOBODY"}, .scopes = wanted.scopes}, "admin"));
    const auto revoked = demo.floor->revoke_api_key("K0001", "admin");
    REQUIRE(revoked);
    CHECK(revoked.value().revoked_at.has_value());
    CHECK(demo.floor->revoke_api_key("K0001", "admin").value().revoked_at == revoked.value().revoked_at);
    CHECK_FALSE(demo.floor->revoke_api_key("K0002", "admin"));
    const auto told = [&](const std::string& kind) {
        return demo.read<std::int64_t>([&](sqlite::Tx& tx) {
            return Result(
                tx.value<std::int64_t>("SELECT COUNT(*) FROM event WHERE kind = ?", kind).value_or(0));
        });
    };
    CHECK(told("api_key_made") == 1);
    CHECK(told("api_key_revoked") == 1);
    const auto kept = demo.read<std::int64_t>([&](sqlite::Tx& tx) {
        return Result(tx.value<std::int64_t>("SELECT COUNT(*) FROM api_key WHERE hash = ?",
                                             made.value().secret.reveal())
                          .value_or(0));
    });
    CHECK(kept == 0);
}
