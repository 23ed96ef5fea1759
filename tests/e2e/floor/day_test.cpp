// Whole days on real parts: processes, broker, printers, papers; with kill -9 in the middle.
#include <algorithm>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adaptors/sqlite/database.hpp"
#include "core/domain/barcode.hpp"
#include "places.hpp"
#include "tests/e2e/floor/crew.hpp"
#include "tests/e2e/floor/csv.hpp"

using namespace kenpin;
using namespace kenpin::floor;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

FloorPlan headless_floor(const fs::path& folder) {
    return {.folder = folder,
            .programs = KENPIN_BIN_DIR,
            .sources = KENPIN_SOURCE_ROOT,
            .now = *parse_instant("2026-11-24T08:00:00+09:00"),
            .stations = demo_stations(),
            .display = "",
            .with_slips = true};
}

std::unique_ptr<Floor> open_floor(const fs::path& folder, int orders) {
    auto opened = Floor::open(headless_floor(folder));
    REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().detail));
    auto floor = std::move(opened).value();
    const auto taken = floor->take_orders(orders);
    REQUIRE_MESSAGE(taken, (taken ? "" : taken.error().detail));
    REQUIRE(floor->start_work());
    REQUIRE(floor->start_stations());
    return floor;
}

// Waits until `reached` holds for the day's progress; false when nothing more happened for a long time.
template <class Reached>
bool wait_until(const Floor& floor, Reached reached) {
    int left = -1;
    auto moved = std::chrono::steady_clock::now();
    for (;;) {
        const auto progress = floor.progress();
        if (progress && reached(progress.value())) return true;
        const auto now = std::chrono::steady_clock::now();
        if (progress && progress.value().left + progress.value().told != left) {
            left = progress.value().left + progress.value().told;
            moved = now;
        }
        if (now - moved > 120s) return false;
        std::this_thread::sleep_for(100ms);
    }
}

bool day_is_over(const Floor::Progress& p) {
    return p.left == p.to_leave && p.told == p.left;
}

void check_nothing_lost_or_doubled(const Floor& floor, const Parcels& parcels) {
    const auto evidence = floor.evidence(parcels);
    REQUIRE(evidence);
    const auto found = examine(evidence.value(), "2026-11-24");
    for (const auto& note : found.notes) MESSAGE(note);
    CHECK(found.lost == 0);
    CHECK(found.doubled == 0);
    CHECK(found.wrong_parcels == 0);
    CHECK(found.stock_before == found.stock_after + found.shipped_pieces);
}

bool holds(const fs::path& file, const std::vector<std::string>& words) {
    const auto bytes = read_file(file);
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return bytes.find(word) != std::string::npos; });
}

std::vector<std::string> buyers() {
    std::vector<std::string> names;
    for (const auto& order :
         nlohmann::json::parse(read_file(fs::path(KENPIN_SOURCE_ROOT) / "assets/demo/orders-honten.json")))
        names.push_back(order["buyer"]["name"]);
    return names;
}

/// How often each answer to what was said stands among the server's events, as "shown".
int answered(const Floor& floor, const std::string& answer) {
    auto database = sqlite::Database::open("sqlite:" + floor.database().string(), {.read_only = true});
    REQUIRE(database);
    auto opened = std::move(database).value();
    const auto count = opened.read([&](sqlite::Tx& tx) -> Result<std::int64_t> {
        return tx
            .value<std::int64_t>(
                "SELECT count(*) FROM event WHERE kind = 'command_answered' AND payload LIKE ?",
                "%\"answer\":\"" + answer + "\"%")
            .value_or(0);
    });
    REQUIRE(count);
    return static_cast<int>(count.value());
}

bool wait_for_answers(const Floor& floor, const std::string& answer, int wanted) {
    for (int i = 0; i < 600 && answered(floor, answer) < wanted; ++i) std::this_thread::sleep_for(100ms);
    return answered(floor, answer) == wanted;
}

}  // namespace

TEST_CASE("what a supervisor says stands on every screen once, also on one that was switched off meanwhile") {
    const support::TempDir folder;
    auto floor = open_floor(folder / "floor", 3);
    auto& handheld = *floor->stations().front();
    auto& bench = *floor->stations().back();
    handheld.kill();
    REQUIRE(floor->run_ctl({"say", "all", "15時から棚卸です", "--minutes", "30"}));
    CHECK(wait_for_answers(*floor, "shown", 3));
    REQUIRE(floor->start_station(handheld));
    CHECK(wait_for_answers(*floor, "shown", 4));

    // Once, though the server says it with each hello until it is answered, and the screens are started anew.
    bench.kill();
    floor->kill_server();
    REQUIRE(floor->start_server());
    REQUIRE(floor->start_station(bench));
    auto& device = *bench.scanner;
    for (int i = 0; i < 100 && answered(*floor, "seen") == 0; ++i) {
        device.send(*domain::make_own_code(domain::OwnKind::command, "OK") + "\r");
        std::this_thread::sleep_for(500ms);
    }
    CHECK(answered(*floor, "seen") == 1);
    CHECK(answered(*floor, "shown") == 4);
    CHECK(floor->run_ctl({"devices"}));
}

TEST_CASE(
    "server and broker are killed again and again in the middle of the day, and nothing is lost or doubled") {
    const support::TempDir folder;
    auto floor = open_floor(folder / "floor", 60);
    Crew crew(*floor, Pace{0ms, 50}, 7);
    for (const int shipments : {4, 10, 16, 22, 28}) {
        REQUIRE(wait_until(*floor, [&](const auto& p) { return p.left >= shipments; }));
        floor->kill_server();
        if (shipments % 4 == 0) floor->broker().kill();
        std::this_thread::sleep_for(300ms);  // work goes on meanwhile
        if (shipments % 4 == 0) REQUIRE(floor->broker().start_again());
        REQUIRE(floor->start_server());
    }
    CHECK(wait_until(*floor, day_is_over));
    const auto tally = crew.stop();
    MESSAGE("scans: ", tally.scans, ", wrong on purpose: ", tally.wrong_on_purpose);
    CHECK(tally.scans >= 500);
    CHECK(tally.unanswered == 0);
    CHECK(tally.wrong_accepted == 0);
    check_nothing_lost_or_doubled(*floor, crew.parcels());
}

TEST_CASE("no buyer's name lies readable anywhere but on the papers") {
    const support::TempDir folder;
    auto floor = open_floor(folder / "floor", 9);
    Crew crew(*floor, Pace{0ms, 0}, 3);
    CHECK(wait_until(*floor, day_is_over));
    (void)crew.stop();  // what they did was checked above
    const auto names = buyers();
    int read = 0;
    for (const auto* part : {"server", "H1", "H2", "B1", "B2"})
        for (const auto& entry : fs::recursive_directory_iterator(folder / "floor" / part)) {
            if (!entry.is_regular_file() || entry.path().extension() == ".png") continue;
            ++read;
            INFO(entry.path().string());
            CHECK_FALSE(holds(entry.path(), names));
        }
    CHECK(read > 8);
}
