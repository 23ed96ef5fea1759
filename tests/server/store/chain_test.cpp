#include "server/store/chain.hpp"

#include "tests/server/store/floor_story.hpp"

using namespace kenpin;
using namespace kenpin::store;

namespace {

struct TamperedStory : FloorStory {
    ChainReport report() {
        return read([&](sqlite::Tx& tx) { return verify_chain(tx, site); });
    }
    void tamper(const std::string& statement) {
        read([&](sqlite::Tx& tx) { return tx.run(statement); });
    }
};

}  // namespace

TEST_CASE_FIXTURE(TamperedStory, "an untouched history is whole") {
    until_shipped();
    CHECK(report().is_whole());
    CHECK(report().events > 15);
}

TEST_CASE_FIXTURE(TamperedStory, "a changed byte in any field of any event is named") {
    until_picked();
    const auto events = report().events;
    for (const std::string change :
         {"payload = payload || ' '", "kind = 'x'", "worker = '9'", "scanner = 'x'",
          "device_ms = device_ms + 1", "server_ms = server_ms + 1", "hash = 'x'"}) {
        for (std::int64_t position = 1; position <= events; position += 5) {
            const auto kept = read([&](sqlite::Tx& tx) {
                return *tx.row<std::string, std::string, std::string, std::string, std::int64_t, std::int64_t,
                               std::string>(
                    "SELECT payload, kind, worker, scanner, device_ms, server_ms, hash FROM event WHERE "
                    "position = ?",
                    position);
            });
            tamper("UPDATE event SET " + change + " WHERE position = " + std::to_string(position));
            const auto found = report();
            INFO(change, " at ", position);
            REQUIRE_FALSE(found.broken.empty());
            CHECK(found.broken.front().position == position);
            read([&](sqlite::Tx& tx) {
                const auto& [payload, kind, worker, scanner, device_ms, server_ms, hash] = kept;
                return tx.run(
                    "UPDATE event SET payload = ?, kind = ?, worker = ?, scanner = ?, device_ms = ?, "
                    "server_ms = ?, "
                    "hash = ? WHERE position = ?",
                    payload, kind, worker, scanner, device_ms, server_ms, hash, position);
            });
        }
    }
    CHECK(report().is_whole());
}

TEST_CASE_FIXTURE(TamperedStory, "an event taken out of the middle is missed") {
    until_picked();
    tamper("DELETE FROM event WHERE device = 'H1' AND seq = 2");
    REQUIRE(report().broken.size() == 1);
    CHECK(report().broken.front().what == "seq_missing");
    CHECK(report().broken.front().device == picker);
}

TEST_CASE_FIXTURE(TamperedStory, "an event cut off at the end is missed") {
    until_picked();
    tamper(
        "DELETE FROM event WHERE device = 'H1' AND seq = (SELECT max(seq) FROM event WHERE device = 'H1')");
    REQUIRE(report().broken.size() == 1);
    CHECK(report().broken.front().what == "end_missing");
}

TEST_CASE_FIXTURE(TamperedStory, "a history written anew up to the cursor still breaks the day's head") {
    until_picked();
    const auto day = *parse_day("2026-11-24");
    const auto head = read([&](sqlite::Tx& tx) { return keep_day_head(tx, site, day); });
    tell(picker, protocol::WorkerSignedOut{WorkerId{"1001"}});
    CHECK(read([&](sqlite::Tx& tx) { return keep_day_head(tx, site, day); }) == head);
    CHECK(report().is_whole());
    tamper("UPDATE event SET hash = 'forged' WHERE device = 'H1' AND seq = 3");
    tamper("UPDATE event SET hash = 'forged' WHERE position = (SELECT upto_position FROM day_head)");
    CHECK(report().broken_days.size() == 1);
}
