// Half an hour without the network, then all devices at once: counted here, measured by ./dev bench ingest.
#include <doctest/doctest.h>

#include "adaptors/sqlite/database.hpp"
#include "tests/bench/ingest/devices.hpp"
#include "tests/bench/ingest/server.hpp"

using namespace kenpin;
using namespace kenpin::bench;

TEST_CASE("what fifty devices scanned in half an hour offline is acknowledged, and on the server once each") {
    constexpr int devices = 50;
    constexpr std::size_t scans = 1'800;
    const support::TempDir folder;
    const auto scripts = make_floor(folder / "floor.db", devices);
    REQUIRE_MESSAGE(scripts, (scripts ? "" : scripts.error().detail));
    auto started = IngestServer::start(folder / "floor.db", devices);
    REQUIRE_MESSAGE(started, (started ? "" : started.error().detail));
    auto& server = *started.value();
    const auto done =
        run_load(server.broker(), scripts.value(),
                 {.events_a_message = 50, .most = std::chrono::minutes{5}, .most_events = scans});
    REQUIRE(done);
    CHECK(done.value().is_complete);
    CHECK(done.value().events == devices * scans);

    server.stop();
    auto opened = sqlite::Database::open("sqlite:" + server.database().string());
    REQUIRE(opened);
    auto database = std::move(opened).value();
    for (const auto& script : scripts.value()) {
        const auto first = script.events.front().seq, last = script.events[scans - 1].seq;
        const auto count = database.read([&](sqlite::Tx& tx) -> Result<std::int64_t> {
            return tx
                .value<std::int64_t>("SELECT count(*) FROM event WHERE device = ? AND seq >= ? AND seq <= ?",
                                     script.device, first, last)
                .value_or(0);
        });
        REQUIRE(count);
        CHECK(count.value() == static_cast<std::int64_t>(scans));
    }
    const auto no_effect = database.read([](sqlite::Tx& tx) -> Result<std::int64_t> {
        return tx.value<std::int64_t>("SELECT count(*) FROM evidence").value_or(-1);
    });
    CHECK((no_effect && no_effect.value() == 0));
}
