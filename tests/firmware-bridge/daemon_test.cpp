// The real daemon with scanners on pseudo terminals, seen from the station's end of its socket.
#include <memory>
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "core/base/limits.hpp"
#include "places.hpp"
#include "tests/firmware-bridge/raw_station.hpp"
#include "tests/support/process.hpp"
#include "tests/support/pty_scanner.hpp"

using namespace kenpin;
using namespace kenpin::support;
using namespace std::chrono_literals;
using protocol::BridgeScan;
using protocol::DeviceChange;
using protocol::ScanSeq;

namespace {

Process start_bridge(const std::filesystem::path& socket, const std::vector<std::string>& scanners) {
    std::vector<std::string> argv{KENPIN_BIN_DIR "/kenpin-bridge", "--socket", socket};
    for (const auto& scanner : scanners) argv.insert(argv.end(), {"--serial", scanner});
    auto bridge = Process::start({.argv = argv}).value();
    REQUIRE(bridge.wait_for_line("ready on", 20s));
    return bridge;
}

struct Floor {  // one bridge, one scanner
    TempDir dir;
    PtyScanner scanner{dir / "scanner"};
    std::filesystem::path socket = dir / "bridge.sock";
    Process bridge = start_bridge(socket, {"S1=" + scanner.path().string()});
};

}  // namespace

TEST_CASE("a scan comes with its scanner, its bars and its exact bytes") {
    Floor floor;
    RawStation station(floor.socket);
    const auto hello = station.next();
    REQUIRE(hello);
    CHECK(std::get<protocol::BridgeHello>(*hello).run.value.size() == 16);
    CHECK(station.sees(DeviceChange::add));

    floor.scanner.send(
        "]C10104901234567894\x1d"
        "10AB\r\n");
    const auto scan = station.next_scan();
    REQUIRE(scan);
    CHECK(scan->seq == ScanSeq{1});
    CHECK(scan->dev.value == "S1");
    CHECK(scan->symbology == domain::Symbology::gs1_128);
    CHECK(scan->aim == "]C1");
    CHECK(scan->raw ==
          "0104901234567894\x1d"
          "10AB");
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const auto age = now - std::chrono::nanoseconds(scan->t_mono_ns);
    CHECK((age >= 0ns && age < 20s));
}

TEST_CASE("scans of two scanners are told apart and numbered together") {
    const TempDir dir;
    PtyScanner left(dir / "left"), right(dir / "right");
    auto bridge =
        start_bridge(dir / "s", {"L=" + left.path().string(), "R=" + right.path().string() + ",stx_etx"});
    RawStation station(dir / "s");
    left.send("1\r");
    const auto first = station.next_scan();
    right.send(
        "\x02"
        "2\x03");
    const auto second = station.next_scan();
    REQUIRE((first && second));
    CHECK(first->dev.value == "L");
    CHECK(second->dev.value == "R");
    CHECK(second->raw == "2");
    CHECK(second->seq == ScanSeq{2});
}

TEST_CASE("a station that comes back gets what it did not acknowledge, and only that") {
    Floor floor;
    {
        RawStation station(floor.socket);
        for (int i = 1; i <= 10; ++i) floor.scanner.send("code" + std::to_string(i) + "\r");
        for (int i = 1; i <= 10; ++i) REQUIRE(station.next_scan());
        for (const auto seq : {1U, 2U, 3U, 5U, 8U}) station.acknowledge(ScanSeq{seq});
    }
    REQUIRE(floor.bridge.wait_for_line("station is gone", 20s));
    floor.scanner.send("code11\r");

    RawStation station(floor.socket);
    for (const int expected : {4, 6, 7, 9, 10, 11}) {
        const auto scan = station.next_scan();
        REQUIRE(scan);
        CHECK(scan->seq.value == static_cast<std::uint64_t>(expected));
        CHECK(scan->raw == "code" + std::to_string(expected));
    }
}

TEST_CASE("a scanner that is unplugged and comes back goes on scanning") {
    Floor floor;
    RawStation station(floor.socket);
    for (int round = 1; round <= 5; ++round) {
        REQUIRE(station.sees(DeviceChange::add));
        floor.scanner.send(std::to_string(round) + "\r");
        const auto scan = station.next_scan();
        REQUIRE(scan);
        CHECK(scan->raw == std::to_string(round));
        floor.scanner.send("half of a sc");
        floor.scanner.unplug();
        REQUIRE(station.sees(DeviceChange::remove));
        floor.scanner.plug_in();
    }
}

TEST_CASE("half a scan never becomes a code") {
    Floor floor;
    RawStation station(floor.socket);
    REQUIRE(station.sees(DeviceChange::add));
    floor.scanner.send("490123");
    CHECK(station.sees(DeviceChange::fault, "half_scan"));
    floor.scanner.send("4901234567894\r");
    CHECK(station.next_scan()->raw == "4901234567894");
}

TEST_CASE("a line of a megabyte and rubbish are survived, the next scan is whole") {
    Floor floor;
    RawStation station(floor.socket);
    REQUIRE(station.sees(DeviceChange::add));
    floor.scanner.send(std::string(1'000'000, '9') + "\r");
    CHECK(station.sees(DeviceChange::fault, "too_long"));
    std::string rubbish;
    for (int i = 0; i < 256; ++i) rubbish.push_back(static_cast<char>(i));
    floor.scanner.send(rubbish + "\r4901234567894\r");
    std::optional<BridgeScan> scan;
    do scan = station.next_scan();
    while (scan && scan->raw != "4901234567894");
    CHECK(scan.has_value());
    CHECK(floor.bridge.is_running());
}

TEST_CASE("a full ring is said aloud, and nothing is lost when the station wakes up") {
    Floor floor;
    RawStation station(floor.socket);
    const auto wanted = limits::bridge_ring + 200;
    std::thread worker([&] {
        for (std::size_t i = 1; i <= wanted; ++i) floor.scanner.send("code" + std::to_string(i) + "\r");
    });
    CHECK(station.sees(DeviceChange::fault, "scans_waiting"));
    worker.join();  // the line itself holds the rest
    for (std::size_t seq = 1; seq <= limits::bridge_ring; ++seq) station.acknowledge(ScanSeq{seq});
    std::optional<BridgeScan> last;
    while (!last || last->seq.value < wanted) {
        auto scan = station.next_scan();
        REQUIRE(scan);
        REQUIRE(scan->raw == "code" + std::to_string(scan->seq.value));
        last = std::move(scan);
    }
}

TEST_CASE("a station that talks nonsense is turned out, one that comes second is turned away") {
    Floor floor;
    RawStation first(floor.socket);
    REQUIRE(first.next());
    RawStation second(floor.socket);
    CHECK_FALSE(second.next());
    floor.scanner.send("1\r");
    CHECK(first.next_scan());
    first.send("{\"t\":\"reboot\"}");
    REQUIRE(floor.bridge.wait_for_line("station is gone", 20s));
    CHECK(RawStation(floor.socket).next_scan());
}

TEST_CASE("the socket is private; a dead bridge's file is replaced, a living one's is respected") {
    Floor floor;
    struct stat file {};
    REQUIRE(stat(floor.socket.c_str(), &file) == 0);
    CHECK((file.st_mode & 0777) == 0600);

    auto rival =
        Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-bridge", "--socket", floor.socket}}).value();
    CHECK(rival.wait(20s) == Exit{2, 0});
    CHECK(rival.wait_for_line("another bridge", 1s));

    floor.bridge.kill(SIGKILL);
    REQUIRE(floor.bridge.wait(20s));
    CHECK(std::filesystem::exists(floor.socket));
    auto next = start_bridge(floor.socket, {"S1=" + floor.scanner.path().string()});
    CHECK(RawStation(floor.socket).next());
    CHECK(next.stop() == Exit{0, 0});
    CHECK_FALSE(std::filesystem::exists(floor.socket));
}

TEST_CASE("a bridge that is told nonsense does not start") {
    const TempDir dir;
    for (const auto* scanner : {"S1", "S1=/dev/x,crlf"}) {
        auto bridge = Process::start(
            {.argv = {KENPIN_BIN_DIR "/kenpin-bridge", "--socket", dir / "s", "--serial", scanner}});
        CHECK(Process(std::move(bridge).value()).wait(20s) == Exit{2, 0});
    }
}

TEST_CASE("a station that restarts at once is not taken for a second one") {
    Floor floor;
    auto station = std::make_unique<RawStation>(floor.socket);
    REQUIRE(station->next());
    floor.bridge.kill(SIGSTOP);  // it sees the old one go and the new one come in one look
    station.reset();
    station = std::make_unique<RawStation>(floor.socket);
    floor.bridge.kill(SIGCONT);
    CHECK(station->next());
}

TEST_CASE("the name of a print job cannot write a line of its own into the journal") {
    Floor floor;
    RawStation station(floor.socket);
    station.print({"P9"}, "J1\nkenpin-bridge: forged", "label");
    CHECK(floor.bridge.wait_for_line("print job J1.kenpin-bridge: forged refused", 20s));
}

TEST_CASE("who looks on is told when the bridge ends, and what to look at") {
    Floor floor;
    auto monitor = Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-bridge", "monitor", "--lang", "en",
                                            "--socket", floor.socket}})
                       .value();
    REQUIRE(monitor.wait_for_line("S1  scanner  is there", 20s));
    CHECK(floor.bridge.stop() == Exit{0, 0});
    CHECK(monitor.wait_for_line("the bridge has ended", 20s));
    CHECK(monitor.wait_for_line("journalctl -u kenpin-bridge", 20s));
    CHECK(monitor.wait(20s) == Exit{1, 0});
}
