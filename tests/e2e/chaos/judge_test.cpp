// The judge is judged: each thing that must not be is made on purpose, and found.
#include "tests/e2e/chaos/judge.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "adaptors/sqlite/migrate.hpp"
#include "core/base/limits.hpp"
#include "server/store/events.hpp"
#include "server/store/migrations.hpp"
#include "station/sync/outbox.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;

namespace {

const SiteId site{"TOKYO1"};
const DeviceId device{"H01"};

sqlite::Database opened(const std::filesystem::path& file) {
    auto database = sqlite::Database::open("sqlite:" + file.string());
    REQUIRE(database);
    return std::move(database).value();
}

/// A station whose worker saw `shown` scans, all in its outbox and on the server, all acknowledged.
struct Floor {
    support::TempDir folder;
    std::filesystem::path server = folder / "kenpin.db";
    chaos::StationFiles station{device.value, folder / "screen.jsonl", folder / "station.db"};
    std::vector<protocol::Event> events;

    explicit Floor(int shown) {
        commit(shown);
        auto database = opened(server);
        REQUIRE(sqlite::migrate(database, store::migrations()));
        send(0);
        acknowledge_all();
    }
    sync::Outbox open_outbox() const {
        auto outbox = sync::Outbox::open({.path = station.database, .device = device});
        REQUIRE(outbox);
        return std::move(outbox).value();
    }
    void commit(int count) {
        auto outbox = open_outbox();
        const protocol::Body caught = protocol::ScanRefused{
            "pick", domain::Refusal::wrong_item, "4901234567894", "4901234567900", {}, {}, {}};
        for (int n = 0; n < count; ++n) {
            auto stored = outbox.commit({{Instant{}, WorkerId{"1001"}, "bridge", caught}});
            REQUIRE(stored);
            events.push_back(stored.value().front());
            show(events.back());
        }
    }
    void show(const protocol::Event& event) {
        std::ofstream(station.screen_log, std::ios::app)
            << R"({"n":1,"kind":"ok","epoch":)" << event.epoch.value << R"(,"seqs":[)" << event.seq.value
            << "]}\n";
    }
    void send(std::size_t from) {
        REQUIRE(opened(server).transact([&](sqlite::Tx& tx) -> Outcome {
            for (auto i = from; i < events.size(); ++i)
                (void)store::append(tx, site, events[i], Instant{});  // judged below
            return Done{};
        }));
    }
    void acknowledge_all() {
        auto outbox = open_outbox();
        const auto lives = outbox.known().lives;
        for (const auto& life : lives) REQUIRE(outbox.mark_acked(life.epoch, life.last_seq));
    }
    void run(const std::string& sql) {
        REQUIRE(opened(server).transact([&](sqlite::Tx& tx) -> Outcome {
            tx.run(sql);
            return Done{};
        }));
    }
    chaos::Verdict judged() {
        const auto verdict = chaos::judge({station}, server, 0);
        REQUIRE(verdict);
        return verdict.value();
    }
};

}  // namespace

TEST_CASE("a floor where everything arrived once is in order") {
    Floor floor(5);
    const auto verdict = floor.judged();
    CHECK(verdict.broken.empty());
    CHECK(verdict.green_events == 5);
    CHECK(verdict.device_events == 5);
}

TEST_CASE("a green light that the server does not know is found") {
    Floor floor(3);
    floor.commit(1);
    const auto verdict = floor.judged();
    CHECK(verdict.lost == 1);
    CHECK(!verdict.broken.empty());
}

TEST_CASE("an event that is on the server but not acknowledged on the device is found") {
    Floor floor(3);
    floor.commit(1);
    floor.send(3);
    CHECK(floor.judged().lost == 0);
    CHECK(floor.judged().broken.size() == 1);
}

TEST_CASE("another event under the same number is found, with the broken chain and the counters") {
    Floor floor(3);
    floor.run("UPDATE event SET payload = replace(payload, 'pick', 'pack') WHERE seq = 2");
    const auto broken = floor.judged().broken;
    CHECK(broken.size() == 3);
}

TEST_CASE("a counter that no event explains is found") {
    Floor floor(3);
    floor.run("UPDATE work_hour SET errors_caught = errors_caught + 1");
    CHECK(floor.judged().broken.size() == 1);
}

TEST_CASE("one green light shown twice is found") {
    Floor floor(3);
    floor.show(floor.events.at(1));
    CHECK(floor.judged().broken.size() == 1);
}

TEST_CASE("an order that did not come is found") {
    Floor floor(1);
    const auto verdict = chaos::judge({floor.station}, floor.server, 1);
    REQUIRE(verdict);
    CHECK(verdict.value().broken.size() == 1);
}
