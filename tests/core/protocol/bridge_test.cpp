#include "core/protocol/bridge.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::protocol;
using domain::Symbology;

namespace {

BridgeScan jan() {
    return {.seq = ScanSeq{7},
            .t_mono_ns = 1'234'567'890,
            .dev = PeripheralId{"S1"},
            .symbology = Symbology::ean13,
            .aim = "]E0",
            .raw = "4901234567894"};
}

void check_returns(const BridgeUp& message) {
    const auto read = bridge_up_from_packet(to_packet(message));
    REQUIRE(read);
    CHECK(read.value() == message);
}

void check_returns(const BridgeDown& message) {
    const auto read = bridge_down_from_packet(to_packet(message));
    REQUIRE(read);
    CHECK(read.value() == message);
}

std::string broken_field(std::string_view packet) {
    const auto read = bridge_up_from_packet(packet);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == Error::Kind::corrupt);
    return read.error().detail;
}

}  // namespace

TEST_CASE("every message of the bridge comes back as it was sent") {
    check_returns(BridgeUp(BridgeHello{1, BridgeRun{"0f3c"}}));
    check_returns(BridgeUp(BridgeDevice{.change = DeviceChange::fault,
                                        .dev = PeripheralId{"S1"},
                                        .kind = "scanner",
                                        .vid = 0x0c2e,
                                        .pid = 0xffff,
                                        .serial = "12",
                                        .port = "0000:00:14.0/1.2",
                                        .product = "1950g",
                                        .caps = {.beep = true, .trigger = true},
                                        .paired = true,
                                        .reason = "too_long",
                                        .remedy = "scan_hid_pos_zebra"}));
    check_returns(BridgeUp(jan()));
    auto rich = jan();
    rich.session = "1003";
    rich.gs1 = std::vector<Gs1Element>{{"01", "04901234567894"}, {"10", "A\"1"}};
    rich.check = "check_digit";
    rich.dup_of = ScanSeq{6};
    check_returns(BridgeUp(rich));
    check_returns(BridgeUp(BridgeWeight{PeripheralId{"W1"}, 5, -1'500, "under_zero", false}));
    check_returns(BridgeUp(BridgePrinter{PeripheralId{"P1"}, 0x38, std::string("\x02\0\xff", 3)}));
    check_returns(BridgeUp(BridgePrinted{PeripheralId{"P1"}, "B1-17", PrintEnd::unknown, 4'096}));
    check_returns(BridgeDown(BridgeAck{ScanSeq{7}}));
    check_returns(BridgeDown(BridgeBeep{Beep::bad, PeripheralId{"S1"}}));
    check_returns(BridgeDown(BridgeTrigger{PeripheralId{"S1"}, true}));
    check_returns(BridgeDown(BridgeBlock{PeripheralId{"S1"}, false}));
    check_returns(BridgeDown(BridgeZero{PeripheralId{"W1"}}));
    check_returns(BridgeDown(BridgePrint{PeripheralId{"P1"}, "B1-17", 20'020}));
    check_returns(BridgeDown(BridgeReset{PeripheralId{"P1"}}));
}

TEST_CASE("a scan's packet is as docs/protocol/bridge.md shows it") {
    CHECK(
        to_packet(BridgeUp(jan())) ==
        R"({"aim":"]E0","check":null,"dev":"S1","dup_of":null,"gs1":null,"raw_b64":"NDkwMTIzNDU2Nzg5NA==","seq":7,"session":"","symbology":"ean13","t":"scan","t_mono_ns":1234567890})");
}

TEST_CASE("a scan keeps its exact bytes, whatever they are") {
    CHECK(rc::check([](std::string raw) {
        RC_PRE(!raw.empty());
        auto scan = jan();
        scan.raw = std::move(raw);
        const auto read = bridge_up_from_packet(to_packet(BridgeUp(scan)));
        RC_ASSERT(read);
        RC_ASSERT(read.value() == BridgeUp(scan));
    }));
}

TEST_CASE("every kind of bars has a name that is read again") {
    for (const auto symbology : {Symbology::unknown, Symbology::ean13, Symbology::ean8, Symbology::upc_a,
                                 Symbology::itf, Symbology::code128, Symbology::gs1_128, Symbology::codabar,
                                 Symbology::code39, Symbology::qr, Symbology::data_matrix}) {
        auto scan = jan();
        scan.symbology = symbology;
        check_returns(BridgeUp(scan));
    }
}

TEST_CASE("the longest scan fits into a packet") {
    auto scan = jan();
    scan.raw = std::string(limits::scan_bytes, '\xff');
    CHECK(to_packet(BridgeUp(scan)).size() < limits::bridge_packet);
    check_returns(BridgeUp(scan));
}

TEST_CASE("bars of an unknown name are still a scan") {
    const auto read = bridge_up_from_packet(
        R"({"t":"scan","seq":1,"t_mono_ns":0,"dev":"S1","session":"","symbology":"han_xin","aim":"]h0","raw_b64":"eA=="})");
    REQUIRE(read);
    CHECK(std::get<BridgeScan>(read.value()).symbology == Symbology::unknown);
    CHECK(std::get<BridgeScan>(read.value()).raw == "x");
}

TEST_CASE("a packet that lacks something says what") {
    CHECK(broken_field("") == "bridge packet: not a JSON object");
    CHECK(broken_field("[]") == "bridge packet: not a JSON object");
    CHECK(broken_field("{}") == "bridge packet: t");
    CHECK(broken_field(R"({"t":"scan"})") == "bridge packet: seq");
    CHECK(broken_field(R"({"t":"hello","v":1})") == "bridge packet: run");
    CHECK(broken_field(R"({"t":"hello","v":"1","run":""})") == "bridge packet: v");
    CHECK(broken_field(std::string(limits::bridge_packet + 1, ' ')) == "bridge packet: too long");
    for (const auto* raw : {"", "e", "eA=", "eA==eA==", "e*==", "====", "=A=="}) {
        INFO(raw);
        CHECK(
            broken_field(
                R"({"t":"scan","seq":1,"t_mono_ns":0,"dev":"S1","session":"","symbology":"qr","aim":"","raw_b64":")" +
                std::string(raw) + "\"}") == "bridge packet: raw_b64");
    }
    CHECK_FALSE(bridge_down_from_packet(R"({"t":"ack","seq":0})"));
    CHECK_FALSE(bridge_down_from_packet(R"({"t":"beep","beep":"loud","dev":""})"));
    CHECK_FALSE(bridge_down_from_packet(R"({"t":"print","dev":"P1","job":"j","bytes":99999999})"));
    CHECK_FALSE(bridge_down_from_packet(R"({"t":"trigger","dev":"S1","on":1})"));
    CHECK_FALSE(bridge_down_from_packet(R"({"t":"reboot"})"));
}

TEST_CASE("no bytes can break the reader") {
    CHECK(rc::check([](const std::string& bytes) {
        (void)bridge_up_from_packet(bytes);
        (void)bridge_down_from_packet(bytes);
    }));
    CHECK(rc::check([] {  // near-valid ones go deeper
        auto packet = to_packet(BridgeUp(jan()));
        const auto at = *rc::gen::inRange<std::size_t>(0, packet.size());
        packet[at] = *rc::gen::arbitrary<char>();
        (void)bridge_up_from_packet(packet);
    }));
}
