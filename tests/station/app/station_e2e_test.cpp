// kenpin-station as a process beside a real mosquitto and a real kenpin-bridge with a scanner made of a pty.
// The worker reads nothing but the screen log.
#include <algorithm>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <signal.h>

#include "places.hpp"
#include "tests/e2e/floor/screen.hpp"
#include "tests/station/app/floor_server.hpp"
#include "tests/support/floor.hpp"
#include "tests/support/private_mosquitto.hpp"
#include "tests/support/process.hpp"
#include "tests/support/pty_scanner.hpp"

using namespace kenpin;
using domain::OwnKind;
using floor::Seen;
using std::chrono::seconds;
using support::Process;

namespace {

const SiteId site{"TOKYO1"};
const std::string bin = KENPIN_BIN_DIR;

protocol::Snapshot documents() {
    protocol::Snapshot out;
    out.settings = test::settings();
    out.lists = {test::cart_list()};
    out.packs = {test::own_label_pack(), test::preissued_pack()};
    return out;
}

/// One station with its desk: bridge, scanner, screen.
struct Desk {
    support::TempDir folder;
    std::string device, role;
    std::unique_ptr<support::PrivateMosquitto> broker;
    std::optional<test::FloorServer> server;
    support::PtyScanner scanner{folder / "scanner"};
    std::optional<Process> bridge, station;
    floor::Screen screen{folder / "screen.jsonl"};
    std::int64_t looked_at = 0;

    Desk(std::string device_name, std::string role_name)
        : device(std::move(device_name)), role(std::move(role_name)) {
        auto started = support::PrivateMosquitto::start(site.value, {{device, "pw-d"}, {"server", "pw-s"}});
        REQUIRE(started);
        broker = std::move(started).value();
        server.emplace(site, broker->port(), "pw-s", documents());
        bridge = run({bin + "/kenpin-bridge", "--socket", folder / "bridge.sock", "--serial",
                      "desk=" + scanner.path().string()},
                     "bridge.log");
        switch_on();
    }
    std::optional<Process> run(std::vector<std::string> argv, const char* output) {
        auto process = Process::start({.argv = std::move(argv), .output = folder / output});
        REQUIRE(process);
        return std::move(process).value();
    }
    void switch_on() {
        station = run({bin + "/kenpin-station",
                       "--site",
                       site.value,
                       "--device",
                       device,
                       "--role",
                       role,
                       "--broker",
                       "127.0.0.1:" + std::to_string(broker->port()),
                       "--password",
                       "pw-d",
                       "--bridge",
                       folder / "bridge.sock",
                       "--data",
                       folder / "data",
                       "--headless",
                       "--screen-log",
                       folder / "screen.jsonl",
                       "--now",
                       "2026-11-24T08:00+09:00"},
                      "station.log");
    }
    void lose_power() {
        station->kill(SIGKILL);
        REQUIRE(station->wait(seconds{5}));
    }
    /// The newest line of the screen once it asks for `step`; what the worker scans is up to the test.
    Seen wait_for(const std::string& step) {
        for (int i = 0; i < 600; ++i) {
            const auto seen = screen.newer_than(looked_at, std::chrono::milliseconds{100});
            if (seen && seen->step == step) return *seen;
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
        FAIL("the screen never asked for " << step << "\n" << station->output());
        return {};
    }
    /// One pull of the trigger; the verdict.
    Seen scan(const Seen& before, const std::string& code) {
        scanner.send(code + "\r");
        const auto verdict = screen.verdict_after(before.n, seconds{60});
        REQUIRE(verdict);
        looked_at = verdict->n;
        return *verdict;
    }
};

std::set<std::int64_t> seqs_of(const std::vector<protocol::Event>& events) {
    std::set<std::int64_t> out;
    for (const auto& event : events) out.insert(event.seq.value);
    return out;
}

bool server_has_all(const Desk& desk, const std::set<std::int64_t>& shown) {
    for (int i = 0; i < 600; ++i) {
        const auto there = seqs_of(desk.server->events());
        if (std::includes(there.begin(), there.end(), shown.begin(), shown.end())) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    return false;
}

/// Every seq that the screen said was durable.
std::set<std::int64_t> shown_seqs(const Desk& desk) {
    std::set<std::int64_t> out;
    for (const auto& seen : floor::read_screen_log(desk.folder / "screen.jsonl"))
        if (seen.is_verdict()) out.insert(seen.seqs.begin(), seen.seqs.end());
    return out;
}

/// Does what the screen asks until it asks for `end`. Answers how many scans it took.
int work_until(Desk& desk, Seen seen, const std::string& end) {
    int totes = 101, scans = 0;
    while (seen.step != end) {
        REQUIRE(++scans < 60);
        const auto code =
            seen.wants.empty() ? test::own(OwnKind::tote, "T-" + std::to_string(totes++)) : seen.wants;
        seen = desk.scan(seen, code);
        REQUIRE(seen.is_green());
    }
    return scans;
}

/// Until the settings have come nobody is known: the badge is refused, and tried again.
void sign_in(Desk& desk, const std::string& worker) {
    auto seen = desk.wait_for("badge");
    for (int i = 0; i < 300 && !seen.is_green(); ++i) {
        if (i > 0 && desk.role == "packer") desk.scanner.send(test::own(OwnKind::command, "OK") + "\r");
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
        seen = desk.scan(seen, test::own(OwnKind::worker, worker));
    }
    REQUIRE(seen.is_green());
}

}  // namespace

TEST_CASE("a picker signs in, picks a cart list and loses power in the middle; nothing is lost or doubled") {
    Desk desk("H1", "picker");
    sign_in(desk, "W07");
    auto seen = desk.wait_for("list");
    work_until(desk, seen, "item");
    const auto wrong = desk.scan(*desk.screen.newer_than(0, seconds{1}), test::mugs);
    CHECK(wrong.kind == "ng");
    seen = desk.scan(wrong, test::case_of_black);  // six of eight, and the right scan clears the NG
    CHECK(seen.kind == "ok");
    CHECK(seen.remaining == 2);

    desk.lose_power();
    desk.switch_on();
    seen = desk.wait_for("item");
    CHECK(seen.remaining == 2);
    CHECK(seen.sku == "T-BK-M");
    work_until(desk, seen, "no_list");

    CHECK(server_has_all(desk, shown_seqs(desk)));
    int picked = 0;
    for (const auto& event : desk.server->events())
        if (const auto* item = std::get_if<protocol::ItemPicked>(&event.body)) picked += item->units.value;
    CHECK(picked == 8 + 1 + 2);
    CHECK(desk.station->stop() == support::Exit{0, 0});
}

TEST_CASE("a packer verifies two boxes and closes them with the waybills stuck on them") {
    Desk desk("B1", "packer");
    sign_in(desk, "W08");
    Seen seen;
    for (int box = 0; box < 2; ++box) {
        CHECK(work_until(desk, desk.wait_for("box"), "waybill") <= 4);
        seen = desk.wait_for("waybill");
        const auto other = test::checked_number(box == 0 ? test::second_number : test::first_number);
        seen = desk.scan(seen, "A" + other.value + "A");
        CHECK(seen.kind == "ng");
        CHECK(seen.step == "confirm");
        desk.scanner.send(test::own(OwnKind::command, "OK") + "\r");
        seen = desk.wait_for("waybill");
        seen = desk.scan(seen, seen.wants);
        CHECK(seen.kind == "done");
    }
    CHECK(server_has_all(desk, shown_seqs(desk)));
    int closed = 0, refused = 0;
    for (const auto& event : desk.server->events()) {
        closed += std::holds_alternative<protocol::PieceClosed>(event.body) ? 1 : 0;
        const auto* record = std::get_if<protocol::ScanRefused>(&event.body);
        refused += record && record->refusal == domain::Refusal::another_waybill ? 1 : 0;
    }
    CHECK(closed == 2);
    CHECK(refused == 2);
    CHECK(desk.station->stop() == support::Exit{0, 0});
}
