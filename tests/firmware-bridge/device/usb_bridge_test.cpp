// The bridge as it is delivered, on the software bus, seen from the station's end of its socket.
#include <deque>
#include <map>
#include <random>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "core/domain/barcode.hpp"
#include "places.hpp"
#include "tests/firmware-bridge/raw_station.hpp"
#include "tests/support/mock_usb.hpp"
#include "tests/support/process.hpp"
#include "tests/support/usb_devices.hpp"

using namespace kenpin;
using namespace kenpin::support;
using namespace std::chrono_literals;
using protocol::DeviceChange;

namespace {

/// A bridge, and the card with which a scanner is told that it belongs to this station.
struct Bridge {
    MockUsb usb;
    TempDir folder;
    std::filesystem::path socket = folder / "bridge.sock";
    std::optional<Process> program;

    void start() {
        program.emplace(
            Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-bridge", "--socket", socket, "--usb"},
                            .env = usb.environment()})
                .value());
        REQUIRE(program->wait_for_line("ready on", 20s));
    }
    void pair(PosScanner& scanner) {
        usb.with(scanner, [&] {
            scanner.scan("]C0", domain::make_own_code(domain::OwnKind::station, "BENCH1").value());
        });
    }
    /// As the real station ends: it must be gone for the bridge before it can come again.
    void wait_until_station_left(int nth) { REQUIRE(program->wait_for_line("station is gone", 20s, nth)); }
};

/// A station that stores each scan before it says so, and forgets nothing when it is started again.
struct Stored {
    std::map<std::uint64_t, std::string> by_seq;
    std::size_t came_again = 0;

    /// False: another scan stands under this number.
    bool store(const protocol::BridgeScan& scan) {
        const auto [at, is_new] = by_seq.emplace(scan.seq.value, scan.raw);
        if (!is_new) ++came_again;
        return at->second == scan.raw;
    }
};

std::string code(std::size_t n) {
    auto digits = std::to_string(n);
    return "CODE-" + std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

TEST_CASE("ten thousand scans over twenty starts of the station: none is lost, none counts twice") {
    constexpr std::size_t scans = 10'000, starts = 20;
    PosScanner scanner;
    Bridge bridge;
    bridge.usb.plug(scanner, "1");
    bridge.start();
    {
        RawStation first(bridge.socket);
        REQUIRE(first.sees(DeviceChange::add, "unassigned"));
        bridge.pair(scanner);
        REQUIRE(first.sees(DeviceChange::add));
    }
    bridge.wait_until_station_left(1);
    bridge.usb.with(scanner, [&] {
        for (std::size_t n = 0; n < scans; ++n) scanner.scan("]C0", code(n));
    });

    Stored stored;
    std::mt19937 chance(1);  // NOLINT: the same every time
    for (std::size_t start = 1; start <= starts; ++start) {
        RawStation station(bridge.socket);
        const auto until = scans * start / starts;
        while (stored.by_seq.size() < until) {
            const auto scan = station.next_scan();
            REQUIRE(scan);
            REQUIRE(stored.store(*scan));
            if (start == starts || chance() % 16 != 0) station.acknowledge(scan->seq);
            // else it dies between storing and saying so, some time before `until`
        }
    }
    std::size_t wrong = 0;
    auto at = stored.by_seq.begin();
    for (std::size_t n = 0; n < scans; ++n, ++at)
        if (at->second != code(n)) ++wrong;
    CHECK(wrong == 0);
    CHECK(stored.by_seq.size() == scans);
    CHECK(stored.by_seq.rbegin()->first - stored.by_seq.begin()->first == scans - 1);
    CHECK(stored.came_again > 0);  // else this test proves nothing
    MESSAGE("scans that came again after a restart: " << stored.came_again);
}
