#include "firmware-bridge/app/switchboard.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "core/domain/barcode.hpp"

using namespace kenpin;
using namespace kenpin::app;
using namespace std::chrono_literals;
using device::Handle;
using device::Kind;
using protocol::Beep;
using protocol::BridgeDevice;
using protocol::DeviceChange;

namespace {

template <class Wanted>
std::vector<Wanted> all_of(const Effects& effects) {
    std::vector<Wanted> found;
    for (const auto& effect : effects)
        if (const auto* one = std::get_if<Wanted>(&effect)) found.push_back(*one);
    return found;
}

template <class Message>
std::vector<Message> told(const Effects& effects) {
    std::vector<Message> found;
    for (const auto& tell : all_of<Tell>(effects))
        if (const auto* one = std::get_if<Message>(&tell.message)) found.push_back(*one);
    return found;
}

std::string code(domain::OwnKind kind, const std::string& body) {
    return *domain::make_own_code(kind, body);
}

struct Bench {
    explicit Bench(Settings settings = {}) : board(std::move(settings)) {}
    Switchboard board;
    device::Mono now{1'000s};

    Effects plug(std::uint64_t handle, Kind kind = Kind::scanner) {
        device::Attachment who;
        who.handle = Handle{handle};
        who.kind = kind;
        who.vid = 0x0c2e;
        who.pid = 0x0b61;
        who.serial = std::to_string(handle);
        who.port = "0000:00:14.0/" + std::to_string(handle);
        who.caps.print = kind == Kind::printer;
        return board.take(device::Came{who});
    }
    Effects scan(std::uint64_t handle, const std::string& bytes,
                 domain::Symbology symbology = domain::Symbology::unknown, const std::string& aim = "") {
        now += 2s;
        return board.take(device::Scanned{Handle{handle}, now, {symbology, aim, bytes}});
    }
    std::vector<protocol::BridgeScan> scans() {
        std::vector<protocol::BridgeScan> taken;
        while (const auto* next = board.ring().next_to_send()) {
            taken.push_back(*next);
            board.ring().mark_sent(next->seq);
        }
        return taken;
    }
};

Settings bench_b1() {
    Settings settings;
    settings.station = "B1";
    return settings;
}

}  // namespace

TEST_CASE("the scans of a scanner that belongs to nobody count for nothing, and it says so") {
    Bench bench;
    const auto came = told<BridgeDevice>(bench.plug(1));
    REQUIRE(came.size() == 1);
    CHECK_FALSE(came[0].paired);
    CHECK(came[0].reason == "unassigned");
    const auto effects = bench.scan(1, "4901234567894");
    CHECK(bench.scans().empty());
    CHECK(told<BridgeDevice>(effects)[0].reason == "unassigned");
    CHECK(all_of<SoundTone>(effects)[0].beep == Beep::bad);
}

TEST_CASE("scanning the station's code pairs a scanner, once and for ever") {
    Bench bench(bench_b1());
    bench.plug(1);
    const auto effects = bench.scan(1, code(domain::OwnKind::station, "B1"));
    CHECK(all_of<SoundTone>(effects)[0].beep == Beep::good);
    CHECK(told<BridgeDevice>(effects)[0].paired);
    const auto remembered = all_of<Remember>(effects);
    REQUIRE(remembered.size() == 1);
    CHECK(remembered[0].pairings.stations.at("0c2e:0b61#1") == "B1");
    CHECK(bench.scans().empty());  // the station code itself is no goods
    bench.scan(1, "4901234567894");
    CHECK(bench.scans().size() == 1);

    Switchboard next_run(bench_b1(), remembered[0].pairings);
    device::Attachment same{.handle = Handle{9}, .vid = 0x0c2e, .pid = 0x0b61, .serial = "1", .port = "x/4"};
    CHECK(told<BridgeDevice>(next_run.take(device::Came{same}))[0].paired);
}

TEST_CASE("a code that comes when the ring is full is refused with a tone, and the ring stays as it is") {
    Bench bench(bench_b1());
    bench.plug(1);
    bench.scan(1, code(domain::OwnKind::station, "B1"));
    for (std::size_t i = 0; i < limits::bridge_ring; ++i) bench.scan(1, "4901234567894");
    const auto effects = bench.scan(1, "4912345678904");
    REQUIRE(all_of<SoundTone>(effects).size() == 1);
    CHECK(all_of<SoundTone>(effects)[0].beep == Beep::bad);
    CHECK(told<BridgeDevice>(effects)[0].reason == "scans_waiting");
    CHECK(bench.scans().size() == limits::bridge_ring);
}

TEST_CASE("another station's code does not pair a scanner here, and takes a paired one away") {
    Bench bench(bench_b1());
    bench.plug(1);
    const auto refused = bench.scan(1, code(domain::OwnKind::station, "B2"));
    CHECK(told<BridgeDevice>(refused)[0].reason == "other_station");
    CHECK(all_of<Remember>(refused).empty());
    bench.scan(1, code(domain::OwnKind::station, "B1"));
    const auto moved = bench.scan(1, code(domain::OwnKind::station, "B2"));
    CHECK(all_of<Remember>(moved)[0].pairings.stations.empty());
    CHECK_FALSE(told<BridgeDevice>(moved).back().paired);
    bench.scan(1, "4901234567894");
    CHECK(bench.scans().empty());
}

TEST_CASE("a scanner of the configuration is this station's whatever station code it reads") {
    auto settings = bench_b1();
    settings.devices.emplace_back().id.value = "S1";
    settings.devices[0].match.serial = "1";
    Bench bench(settings);
    CHECK(told<BridgeDevice>(bench.plug(1))[0].dev.value == "S1");
    CHECK(all_of<SoundTone>(bench.scan(1, code(domain::OwnKind::station, "B1")))[0].beep == Beep::good);
    const auto other = bench.scan(1, code(domain::OwnKind::station, "B2"));
    CHECK(told<BridgeDevice>(other)[0].reason == "other_station");
    bench.scan(1, "4901234567894");
    CHECK(bench.scans().size() == 1);
}

TEST_CASE("two scanners on one bench stay apart, each with its worker") {
    Bench bench;
    for (const std::uint64_t handle : {1U, 2U}) {
        bench.plug(handle);
        bench.scan(handle, code(domain::OwnKind::station, "B1"));
    }
    bench.scan(1, code(domain::OwnKind::worker, "1003"));
    bench.scan(2, code(domain::OwnKind::worker, "1004"));
    bench.scan(1, "A");
    bench.scan(2, "B");
    bench.scan(1, code(domain::OwnKind::worker, "1005"));
    bench.scan(1, "C");
    bench.scan(2, code(domain::OwnKind::command, std::string(sign_off_command)));
    bench.scan(2, "D");
    std::vector<std::pair<std::string, std::string>> seen;
    for (const auto& scan : bench.scans())
        if (scan.raw.size() == 1) seen.emplace_back(scan.raw, scan.dev.value + " " + scan.session);
    CHECK(seen == std::vector<std::pair<std::string, std::string>>{{"A", "0c2e:0b61#1 1003"},
                                                                   {"B", "0c2e:0b61#2 1004"},
                                                                   {"C", "0c2e:0b61#1 1005"},
                                                                   {"D", "0c2e:0b61#2 "}});
}

TEST_CASE("a scan says what its bars hold and whether they are right") {
    Bench bench;
    bench.plug(1);
    bench.scan(1, code(domain::OwnKind::station, "B1"));
    bench.scan(1, "4901234567895", domain::Symbology::ean13, "]E0");
    bench.scan(1, "010490123456789410AB", domain::Symbology::gs1_128, "]C1");
    const auto scans = bench.scans();
    REQUIRE(scans.size() == 2);
    CHECK(scans[0].check == "check_digit");
    CHECK_FALSE(scans[0].gs1);
    REQUIRE(scans[1].gs1);
    CHECK((*scans[1].gs1)[0] == protocol::Gs1Element{"01", "04901234567894"});
    CHECK((*scans[1].gs1)[1] == protocol::Gs1Element{"10", "AB"});
}

TEST_CASE("a code read twice is marked and still handed over") {
    Bench bench;
    bench.plug(1);
    bench.scan(1, code(domain::OwnKind::station, "B1"));
    bench.scan(1, "4901234567894");
    bench.now -= 1'900ms;  // 100 ms after the one before
    bench.scan(1, "4901234567894");
    const auto scans = bench.scans();
    REQUIRE(scans.size() == 2);
    CHECK(scans[1].dup_of == scans[0].seq);
}

TEST_CASE("a full ring is said once, loudly, on every scanner") {
    Bench bench;
    bench.plug(1);
    bench.plug(2);
    bench.scan(1, code(domain::OwnKind::station, "B1"));
    Effects last;
    while (bench.board.room() > 0) last = bench.scan(1, "x");
    CHECK(told<BridgeDevice>(last)[0].reason == "scans_waiting");
    CHECK(all_of<SoundTone>(last).size() == 2);
    CHECK(told<BridgeDevice>(bench.board.welcome()).back().reason == "scans_waiting");
    bench.board.obey(protocol::BridgeAck{protocol::ScanSeq{1}});
    CHECK(bench.board.room() == 1);
}

TEST_CASE("weights go to the station at once and are not kept") {
    Bench bench;
    bench.plug(1, Kind::scale);
    const decode::Weight weight{20'000, decode::ScaleStatus::stable};
    const auto effects = bench.board.take(device::Weighed{Handle{1}, bench.now, weight});
    const auto weights = told<protocol::BridgeWeight>(effects);
    REQUIRE(weights.size() == 1);
    CHECK(weights[0].mg == 20'000);
    CHECK(weights[0].status == "stable");
    CHECK(weights[0].stable);
    CHECK(bench.board.take(device::Weighed{Handle{1}, bench.now, weight}).empty());
}

TEST_CASE("only a printer given to the bridge prints; all else answers failed at once") {
    auto settings = bench_b1();
    settings.devices.emplace_back().id.value = "P1";
    settings.devices[0].match.serial = "1";
    settings.devices[0].owner = Owner::bridge;
    Bench bench(settings);
    bench.plug(1, Kind::printer);
    bench.plug(2, Kind::printer);  // CUPS's
    const auto started = bench.board.obey(protocol::BridgePrint{{"P1"}, "a", 3}, "^XA");
    REQUIRE(all_of<StartPrint>(started).size() == 1);
    CHECK(all_of<StartPrint>(started)[0].bytes == "^XA");
    for (const auto* dev : {"0c2e:0b61#2", "nobody"}) {
        const auto refused = bench.board.obey(protocol::BridgePrint{{dev}, "b", 3}, "^XA");
        CHECK(all_of<StartPrint>(refused).empty());
        CHECK(told<protocol::BridgePrinted>(refused)[0].end == protocol::PrintEnd::failed);
    }
}

TEST_CASE("a print job cut off is unknown, also to the station that comes after") {
    auto settings = bench_b1();
    settings.devices.emplace_back().id.value = "P1";
    settings.devices[0].match.serial = "1";
    settings.devices[0].owner = Owner::bridge;
    Bench bench(settings);
    bench.plug(1, Kind::printer);
    bench.board.welcome();
    bench.board.obey(protocol::BridgePrint{{"P1"}, "a", 3}, "^XA");
    const auto cut = bench.board.take(device::Printed{Handle{1}, "a", device::PrintEnd::unknown, 2});
    CHECK(told<protocol::BridgePrinted>(cut)[0].end == protocol::PrintEnd::unknown);

    bench.board.obey(protocol::BridgePrint{{"P1"}, "b", 3}, "^XA");
    bench.board.station_left();
    const auto next = told<protocol::BridgePrinted>(bench.board.welcome());
    REQUIRE(next.size() == 1);
    CHECK(next[0].job == "b");
    CHECK(next[0].end == protocol::PrintEnd::unknown);
}

TEST_CASE("a job asked for twice is printed once and answered once; one told as unknown stays unknown") {
    auto settings = bench_b1();
    settings.devices.emplace_back().id.value = "P1";
    settings.devices[0].match.serial = "1";
    settings.devices[0].owner = Owner::bridge;
    Bench bench(settings);
    bench.plug(1, Kind::printer);
    bench.board.welcome();
    const protocol::BridgePrint label{{"P1"}, "a", 3};
    bench.board.obey(label, "^XA");
    const auto again = bench.board.obey(label, "^XA");
    CHECK(all_of<StartPrint>(again).empty());
    CHECK(told<protocol::BridgePrinted>(again).empty());  // the end of the first is on its way

    bench.board.station_left();
    bench.board.welcome();  // told as unknown
    const auto once_more = told<protocol::BridgePrinted>(bench.board.obey(label, "^XA"));
    REQUIRE(once_more.size() == 1);
    CHECK(once_more[0].end == protocol::PrintEnd::unknown);  // not "failed": it may be on paper
}

TEST_CASE("the end of a print job that the dying station did not take is told to the next one") {
    Bench bench;
    bench.board.welcome();
    const protocol::BridgePrinted end{{"P1"}, "a", protocol::PrintEnd::sent, 9};
    bench.board.station_left();
    bench.board.not_told(end);
    bench.board.not_told(protocol::BridgeWeight{});  // worth nothing later
    CHECK(told<protocol::BridgePrinted>(bench.board.welcome()) == std::vector{end});
    CHECK(told<protocol::BridgePrinted>(bench.board.welcome()).empty());
}

TEST_CASE("a device that came again before its going was seen is there for the station") {
    Bench bench;
    bench.plug(1);
    auto again = bench.board.devices().find(Handle{1})->attachment;
    again.handle = Handle{2};
    bench.board.take(device::Came{again});
    const auto news = told<BridgeDevice>(bench.board.take(device::Went{Handle{1}}));
    REQUIRE(news.size() == 2);
    CHECK(news.back().change == DeviceChange::add);
}

TEST_CASE("a long reply of a printer goes in several packets, all of it") {
    Bench bench;
    bench.plug(1, Kind::printer);
    const auto parts = told<protocol::BridgePrinter>(
        bench.board.take(device::PrinterSaid{Handle{1}, 0x18, std::string(40'000, 'x')}));
    std::size_t bytes = 0;
    for (const auto& part : parts) {
        bytes += part.reply.size();
        CHECK(protocol::to_packet(protocol::BridgeUp(part)).size() < limits::bridge_packet);
    }
    CHECK(bytes == 40'000);
}

TEST_CASE("new settings tell only of the devices they change") {
    Bench bench;
    bench.plug(1);
    bench.plug(2);
    Settings settings;
    settings.devices.emplace_back().id.value = "S1";
    settings.devices[0].match.serial = "1";
    const auto news = told<BridgeDevice>(bench.board.set_settings(settings));
    REQUIRE(news.size() == 2);
    CHECK(news[0].change == DeviceChange::remove);
    CHECK(news[1].dev.value == "S1");
    CHECK(bench.board.set_settings(settings).empty());
}

TEST_CASE("what the station asks reaches the device it names and no other") {
    Bench bench;
    bench.plug(1);
    bench.plug(2);
    bench.scan(1, code(domain::OwnKind::station, "B1"));
    const protocol::PeripheralId first{"0c2e:0b61#1"};
    CHECK(all_of<SoundTone>(bench.board.obey(protocol::BridgeBeep{Beep::bad, first})).size() == 1);
    CHECK(all_of<SoundTone>(bench.board.obey(protocol::BridgeBeep{Beep::bad, {}})).size() ==
          1);  // the other is nobody's
    CHECK(all_of<SetTrigger>(bench.board.obey(protocol::BridgeTrigger{first, true}))[0].device == Handle{1});
    CHECK(all_of<SetBlocked>(bench.board.obey(protocol::BridgeBlock{first, true}))[0].on);
    CHECK(all_of<SetZero>(bench.board.obey(protocol::BridgeZero{first})).size() == 1);
    CHECK(all_of<ResetPrinter>(bench.board.obey(protocol::BridgeReset{first})).size() == 1);
    CHECK(bench.board.obey(protocol::BridgeZero{{"nobody"}}).empty());
}
