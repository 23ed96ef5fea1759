// The screen end to end: kenpin-station in a real window on a display of its own, scans typed by a keyboard
// wedge.
#include <filesystem>

#include <doctest/doctest.h>

#include "places.hpp"
#include "tests/e2e/floor/screen.hpp"
#include "tests/station/app/floor_server.hpp"
#include "tests/support/floor.hpp"
#include "tests/support/private_display.hpp"
#include "tests/support/private_mosquitto.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using std::chrono::seconds;
using support::Process;

namespace {

void run_xdotool(const std::string& display, std::vector<std::string> words) {
    words.insert(words.begin(), "xdotool");
    auto started = Process::start({.argv = std::move(words), .env = {{"DISPLAY", display}}});
    REQUIRE(started);
    auto tool = std::move(started).value();
    REQUIRE(tool.wait(seconds{20}) == support::Exit{0, 0});
}

void type_scan(const std::string& display, const std::string& code) {
    // In one go: a scanner makes no pause before its CR.
    run_xdotool(display, {"type", "--delay", "8", "--args", "1", code, "key", "Return"});
}

protocol::Snapshot documents() {
    protocol::Snapshot out;
    out.settings = test::settings();
    out.lists = {test::cart_list()};
    return out;
}

}  // namespace

TEST_CASE("a worker signs in, takes a list and is stopped by an NG in a real window, with a wedge scanner") {
    auto display = support::PrivateDisplay::start(640, 900);
    REQUIRE(display);
    const std::string x = display.value()->name();
    auto broker = support::PrivateMosquitto::start("TOKYO1", {{"H1", "pw-d"}, {"server", "pw-s"}});
    REQUIRE(broker);
    test::FloorServer server(SiteId{"TOKYO1"}, broker.value()->port(), "pw-s", documents());
    support::TempDir folder;
    auto started = Process::start(
        {.argv = {std::string(KENPIN_BIN_DIR) + "/kenpin-station", "--device", "H1", "--broker",
                  "127.0.0.1:" + std::to_string(broker.value()->port()), "--password", "pw-d", "--data",
                  folder / "data", "--screen-log", folder / "screen.jsonl", "--position", "20,20"},
         .env = {{"DISPLAY", x}, {"SDL_AUDIODRIVER", "dummy"}}});
    REQUIRE(started);
    auto station = std::move(started).value();
    floor::Screen screen(folder / "screen.jsonl");
    auto seen = screen.newer_than(0, seconds{30});
    REQUIRE(seen);
    run_xdotool(x, {"search", "--sync", "--name", "Kenpin", "windowfocus"});
    for (int i = 0; i < 50 && !seen->is_green(); ++i) {  // refused until the list of workers has come
        type_scan(x, test::own(domain::OwnKind::worker, "W07"));
        seen = screen.verdict_after(seen->n, seconds{10});
        REQUIRE(seen);
    }
    CHECK(seen->step == "list");
    type_scan(x, seen->wants);
    seen = screen.verdict_after(seen->n, seconds{10});
    REQUIRE(seen);
    CHECK(seen->step == "tote");
    type_scan(x, test::black);  // goods where a box is asked for
    seen = screen.verdict_after(seen->n, seconds{10});
    REQUIRE(seen);
    CHECK(seen->kind == "ng");
    REQUIRE(display.value()->photograph(folder / "ng.png"));
    CHECK(std::filesystem::file_size(folder / "ng.png") > 5'000);
    CHECK(station.stop() == support::Exit{0, 0});
}
