// The station's BridgeClient and the real daemon together: what a scan goes through before the screen sees
// it.
#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "places.hpp"
#include "station/app/bridge_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/pty_scanner.hpp"

using namespace kenpin;
using namespace kenpin::support;
using namespace std::chrono_literals;
using app::BridgeClient;
using app::BridgeEvent;
using app::BridgeLink;
using app::BridgeScan;
using protocol::ScanIdentity;

namespace {

Process start_bridge(const std::filesystem::path& socket, const PtyScanner& scanner) {
    auto bridge = Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-bridge", "--socket", socket, "--serial",
                                           "S1=" + scanner.path().string()}})
                      .value();
    REQUIRE(bridge.wait_for_line("ready on", 20s));
    return bridge;
}

struct Floor {
    TempDir dir;
    PtyScanner scanner{dir / "scanner"};
    std::filesystem::path socket = dir / "bridge.sock";
    Process bridge = start_bridge(socket, scanner);
    Inbox<BridgeEvent> inbox{limits::inbox_small};
};

/// Takes events until `enough` says so of one of them; false after 30 s.
template <class Enough>
bool take_until(Inbox<BridgeEvent>& inbox, Enough enough) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    bool is_enough = false;
    while (!is_enough && std::chrono::steady_clock::now() < end)
        for (const auto& event : inbox.wait_and_take(100ms)) is_enough = enough(event) || is_enough;
    return is_enough;
}

bool link_becomes(Inbox<BridgeEvent>& inbox, bool up) {
    return take_until(inbox, [&](const BridgeEvent& event) {
        const auto* link = std::get_if<BridgeLink>(&event);
        return link != nullptr && link->is_up == up;
    });
}

/// What a station keeps on its disk: every scan it stored.
struct Stored {
    std::map<std::string, int> times;
    std::vector<ScanIdentity> newest;  // in order

    void add(const BridgeScan& scan) {
        ++times[scan.bytes];
        newest.push_back(scan.identity);
    }
    std::vector<ScanIdentity> last_ones() const {
        const auto keep = std::min(newest.size(), limits::bridge_ring);
        return {newest.end() - static_cast<std::ptrdiff_t>(keep), newest.end()};
    }
};

std::string code(int i) {
    return "K" + std::to_string(i);
}

void check_each_once(const Stored& stored, int scans) {
    CHECK(stored.times.size() == static_cast<std::size_t>(scans));
    CHECK(std::all_of(stored.times.begin(), stored.times.end(),
                      [](const auto& row) { return row.second == 1; }));
}

}  // namespace

TEST_CASE("of ten thousand scans none is lost and none comes twice") {
    Floor floor;
    BridgeClient client(floor.socket, floor.inbox);
    constexpr int scans = 10'000;
    std::thread worker([&] {
        for (int i = 1; i <= scans; ++i) floor.scanner.send(code(i) + (i % 2 == 0 ? "\r" : "\r\n"));
    });
    Stored stored;
    const bool all_came = take_until(floor.inbox, [&](const BridgeEvent& event) {
        const auto* scan = std::get_if<BridgeScan>(&event);
        if (scan == nullptr) return false;
        stored.add(*scan);
        client.acknowledge(scan->identity);
        return scan->bytes == code(scans);
    });
    worker.join();
    CHECK(all_came);
    check_each_once(stored, scans);
}

TEST_CASE("a station that dies again and again between storing and acknowledging counts each scan once") {
    Floor floor;
    constexpr int scans = 2'000;
    std::thread worker([&] {
        for (int i = 1; i <= scans; ++i) floor.scanner.send(code(i) + "\r");
    });
    Stored stored;
    int life = 0;
    bool is_done = false;
    while (!is_done && ++life < 200) {
        Inbox<BridgeEvent> inbox(limits::inbox_small);
        BridgeClient client(floor.socket, inbox, stored.last_ones());
        int left = 5 + life % 60;  // dies after so many scans, the last of them stored and not acknowledged
        is_done = !take_until(inbox, [&](const BridgeEvent& event) {
            const auto* scan = std::get_if<BridgeScan>(&event);
            if (scan == nullptr || left == 0) return false;
            stored.add(*scan);
            if (--left > 3) client.acknowledge(scan->identity);
            return left == 0 || static_cast<int>(stored.times.size()) == scans;
        }) || static_cast<int>(stored.times.size()) == scans;
    }
    worker.join();
    CHECK(life > 20);
    check_each_once(stored, scans);
}

TEST_CASE("the bridge is found late, lost and found again") {
    const TempDir dir;
    PtyScanner scanner(dir / "scanner");
    Inbox<BridgeEvent> inbox(limits::inbox_small);
    BridgeClient client(dir / "bridge.sock", inbox);
    std::set<ScanIdentity> seen;
    for (int round = 1; round <= 3; ++round) {
        auto bridge = start_bridge(dir / "bridge.sock", scanner);
        CHECK(link_becomes(inbox, true));
        scanner.send(code(round) + "\r");
        CHECK(take_until(inbox, [&](const BridgeEvent& event) {
            const auto* scan = std::get_if<BridgeScan>(&event);
            return scan != nullptr && scan->bytes == code(round) && seen.insert(scan->identity).second;
        }));
        bridge.kill(SIGKILL);
        CHECK(link_becomes(inbox, false));
    }
}

TEST_CASE("an acknowledged scan does not come again, and an odd acknowledgement harms nothing") {
    Floor floor;
    BridgeClient client(floor.socket, floor.inbox);
    floor.scanner.send(code(1) + "\r");
    ScanIdentity in_hand;
    REQUIRE(take_until(floor.inbox, [&](const BridgeEvent& event) {
        if (const auto* scan = std::get_if<BridgeScan>(&event)) in_hand = scan->identity;
        return !in_hand.run.value.empty();
    }));
    client.beep(protocol::Beep::good);
    client.acknowledge({in_hand.run, protocol::ScanSeq{99}});  // harmless
    client.acknowledge(in_hand);
    floor.scanner.send(code(2) + "\r");
    int first_again = 0;
    CHECK(take_until(floor.inbox, [&](const BridgeEvent& event) {
        const auto* scan = std::get_if<BridgeScan>(&event);
        if (scan != nullptr && scan->bytes == code(1)) ++first_again;
        return scan != nullptr && scan->bytes == code(2);
    }));
    CHECK(first_again == 0);
}

TEST_CASE("while the station's inbox is full the scans wait, and all of them come") {
    Floor floor;
    Inbox<BridgeEvent> narrow(3);
    BridgeClient client(floor.socket, narrow);
    constexpr int scans = 100;
    for (int i = 1; i <= scans; ++i) floor.scanner.send(code(i) + "\r");
    Stored stored;
    CHECK(take_until(narrow, [&](const BridgeEvent& event) {
        const auto* scan = std::get_if<BridgeScan>(&event);
        if (scan != nullptr) stored.add(*scan);
        return scan != nullptr && scan->bytes == code(scans);
    }));
    check_each_once(stored, scans);
}
