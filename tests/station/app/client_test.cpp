#include "station/app/client.hpp"

#include <doctest/doctest.h>

#include "station/flow/update.hpp"
#include "tests/support/fake_station_ports.hpp"
#include "tests/support/floor.hpp"

using namespace kenpin;
using domain::OwnKind;
using flow::Ask;
using flow::Role;
using test::own;

namespace {

const flow::Documents documents{
    test::settings(), {test::cart_list()}, {test::own_label_pack(), test::preissued_pack()}};

/// A station whose disk, printer and scanners are in the test's hand.
struct Station {
    test::FakeWorld world;
    app::Client client;
    std::uint64_t scans = 0;

    explicit Station(Role role, const std::vector<protocol::Event>& committed = {},
                     const std::vector<protocol::ScanIdentity>& stored = {})
        : client(world.ports(), world.clocks(), flow::resume(role, documents, committed, Millis{1'000}),
                 stored) {
        client.start();
        draw();
    }
    void draw() { client.was_drawn("test"); }
    void scan(const std::string& bytes) { scan_again(bytes, ++scans); }
    void scan_again(const std::string& bytes, std::uint64_t seq) {
        world.mono += Millis{1'000};
        client.take(app::ScanFromBridge{
            {{"run"}, protocol::ScanSeq{seq}}, {bytes, domain::Symbology::unknown}, "scanner", world.mono});
    }
    void store() {
        while (!world.storage.waiting.empty()) client.take(world.storage.store_next());
        draw();
    }
    void scan_and_store(const std::string& bytes) {
        scan(bytes);
        store();
    }
    Ask ask() const { return flow::prompt(client.state()).ask; }
    void work_until(Ask end) {
        int totes = 101;
        while (ask() != end) {
            const auto wanted = flow::prompt(client.state()).wanted;
            scan_and_store(!wanted.empty()       ? wanted
                           : ask() == Ask::badge ? own(OwnKind::worker, "W07")
                                                 : own(OwnKind::tote, "T-" + std::to_string(totes++)));
        }
    }
    int in_hand() const { return flow::open_list(client.state())->task.lines[0].in_hand.value; }
};

}  // namespace

TEST_CASE("a right scan is written down as seen only when it is durable and the picture is drawn") {
    Station station(Role::picker);
    station.work_until(Ask::item);
    station.world.witness.seen.clear();
    station.world.speaker.heard.clear();
    station.scan(test::black);
    station.draw();
    CHECK(station.in_hand() == 0);
    CHECK(station.world.witness.seen.empty());
    CHECK(station.world.speaker.heard.empty());

    station.client.take(station.world.storage.store_next());
    CHECK(station.in_hand() == 1);
    CHECK(station.world.speaker.heard.size() == 1);
    CHECK(station.world.witness.seen.empty());  // not on the glass yet
    CHECK(station.client.has_news());
    station.draw();
    REQUIRE(station.world.witness.seen.size() == 2);
    CHECK(station.world.witness.seen[0].what == flow::LogShown::What::green);
    CHECK(station.world.witness.seen[0].events.front().seq == station.world.storage.events.back().seq);
    CHECK(station.world.witness.seen[1].what == flow::LogShown::What::prompt);
    CHECK_FALSE(station.client.has_news());
}

TEST_CASE("a record that the disk refused counts nothing, shows NG and lets the worker scan again") {
    Station station(Role::picker);
    station.work_until(Ask::item);
    station.scan(test::black);
    station.client.take(station.world.storage.fail_next());
    station.draw();
    CHECK(station.in_hand() == 0);
    CHECK(station.client.state().alarm);
    CHECK(station.world.speaker.heard.back() == flow::ToneKind::ng);
    station.scan_and_store(test::black);
    CHECK(station.in_hand() == 1);
}

TEST_CASE("the bridge hears that a scan is taken only after its record is durable") {
    Station station(Role::picker);
    station.scan(own(OwnKind::worker, "W07"));
    CHECK(station.world.bridge.acknowledged.empty());
    REQUIRE(station.world.storage.waiting.front().scan);
    station.store();
    REQUIRE(station.world.bridge.acknowledged.size() == 1);
    CHECK(station.world.bridge.acknowledged[0].seq == protocol::ScanSeq{1});
    CHECK(station.world.bridge.beeps.back() == protocol::Beep::good);
}

TEST_CASE("a scan that the bridge sends again is counted once, while it is stored and afterwards") {
    Station station(Role::picker);
    station.work_until(Ask::item);
    station.scan(test::black);
    station.scan_again(test::black, station.scans);
    station.store();
    CHECK(station.in_hand() == 1);
    const auto acknowledged = station.world.bridge.acknowledged.size();
    station.scan_again(test::black, station.scans);
    station.store();
    CHECK(station.in_hand() == 1);
    CHECK(station.world.bridge.acknowledged.size() == acknowledged + 1);
}

TEST_CASE("a station that lost its power stands at the same piece and knows which scans it had") {
    Station before(Role::picker);
    before.work_until(Ask::item);
    before.scan_and_store(test::black);
    Station after(Role::picker, before.world.storage.events, before.world.storage.scans);
    CHECK(after.ask() == Ask::item);
    CHECK(after.in_hand() == 1);
    CHECK(after.client.state().worker == WorkerId{"W07"});
    after.scan_again(test::black, before.scans);  // its acknowledgement was lost with the power
    after.store();
    CHECK(after.in_hand() == 1);
    CHECK(after.world.bridge.acknowledged.size() == 1);
}

TEST_CASE("a bench fetches the papers of its shipments before it needs them, and prints each once") {
    Station bench(Role::packer);
    CHECK(bench.world.papers.prepared.size() == 2);
    CHECK(bench.world.papers.numbers_named.at(ShipmentId{"S001"}) ==
          std::vector{test::checked_number(test::first_number)});
    bench.work_until(Ask::waybill);
    REQUIRE(bench.world.papers.printed.size() == 1);
    protocol::PaperPrinted sent{.shipment = ShipmentId{"S001"},
                                .piece = PieceNo{1},
                                .paper = "waybill",
                                .printer = PrinterId{"LP1"},
                                .state = "sent",
                                .tracking = {},
                                .reason = {}};
    bench.client.take(flow::PaperReported{sent, {}});
    sent.paper = "slip";
    bench.client.take(flow::PaperReported{sent, {}});
    bench.store();
    Station after(Role::packer, bench.world.storage.events, bench.world.storage.scans);
    CHECK(after.world.papers.printed.empty());
    CHECK(after.ask() == Ask::waybill);
}

TEST_CASE("a printer that is out of paper never stops verification") {
    Station bench(Role::packer);
    bench.client.take(flow::PrinterReported{PrinterId{"LP1"}, "media_out", {}});
    bench.store();
    bench.work_until(Ask::waybill);
    CHECK(flow::printer_trouble(bench.client.state()));
    CHECK(flow::prompt(bench.client.state()).shipment == ShipmentId{"S001"});
}

TEST_CASE("the waybill in hand erases the papers, and a withdrawn shipment does too") {
    Station bench(Role::packer);
    bench.work_until(Ask::waybill);
    bench.scan_and_store(test::checked_number(test::first_number).value);
    REQUIRE(bench.world.papers.erased.size() == 1);
    CHECK(bench.world.papers.erased[0].second == app::PapersEnd::closed);
    flow::DocumentsArrived gone;
    gone.gone = {"S002"};
    bench.client.take(gone);
    CHECK(bench.world.papers.erased.back().second == app::PapersEnd::withdrawn);
}

TEST_CASE(
    "a bench that is out of contact for a shift goes on with all that it holds: papers, goods, waybills") {
    Station bench(Role::packer);
    bench.client.take(flow::LinkChanged{flow::Link::offline});
    for (const auto* number : {&test::first_number, &test::second_number}) {
        bench.world.mono += std::chrono::hours{4};
        bench.client.take(flow::Tick{bench.world.mono});
        bench.work_until(Ask::waybill);
        const auto wrong = number == &test::first_number ? test::second_number : test::first_number;
        bench.scan_and_store(test::checked_number(wrong).value);
        CHECK(bench.ask() == Ask::confirm);  // refusals too
        bench.scan_and_store(own(OwnKind::command, "OK"));
        bench.scan_and_store(test::checked_number(*number).value);
        CHECK(bench.client.state().last_closed);
        bench.client.take(flow::Confirmed{});
    }
    CHECK(bench.world.papers.erased.size() == 2);
    CHECK(bench.client.state().link == flow::Link::offline);
}
