#include "server/sync/ingest.hpp"

#include <map>

#include <doctest/doctest.h>

#include "tests/server/sync/memory_store.hpp"

using namespace kenpin;
using namespace kenpin::sync;
using kenpin::test::MemoryStore;

namespace {

const DeviceId ht01{"HT01"};
const DeviceId ht02{"HT02"};
constexpr Epoch epoch{7}, server{1};

BatchCame batch(const DeviceId& device, std::int64_t first, std::int64_t last,
                const std::string& list = "P-1") {
    BatchCame came{device, {epoch, {}}};
    for (auto seq = first; seq <= last; ++seq)
        came.batch.events.push_back(
            {device, epoch, Seq{seq}, from_ms(seq), std::nullopt, "", protocol::ListOpened{ListId{list}}});
    return came;
}

}  // namespace

TEST_CASE("a batch that follows what is stored is applied, from its first new event on") {
    CHECK(std::get<Apply>(judge_batch(batch(ht01, 1, 3).batch, Seq{0})).from == 0);
    CHECK(std::get<Apply>(judge_batch(batch(ht01, 1, 3).batch, Seq{2})).from == 2);
    CHECK(std::holds_alternative<NothingNew>(judge_batch(batch(ht01, 1, 3).batch, Seq{3})));
    CHECK(std::get<sync::Gap>(judge_batch(batch(ht01, 5, 6).batch, Seq{3})).expect == Seq{4});
}

TEST_CASE("a batch with a hole, without events or below one is no batch") {
    auto holed = batch(ht01, 1, 3).batch;
    holed.events.erase(holed.events.begin() + 1);
    CHECK(std::holds_alternative<Malformed>(judge_batch(holed, Seq{0})));
    CHECK(std::holds_alternative<Malformed>(judge_batch({epoch, {}}, Seq{0})));
    CHECK(std::holds_alternative<Malformed>(judge_batch(batch(ht01, 0, 1).batch, Seq{0})));
}

TEST_CASE("batches of several devices are committed together and each device is told what is durable") {
    MemoryStore store;
    const auto done =
        ingest({batch(ht01, 1, 2), batch(ht02, 1, 1), batch(ht01, 3, 3)}, server, store.transact());
    CHECK(store.commits == 1);
    CHECK(done.new_events == 4);
    REQUIRE(done.answers.size() == 2);
    CHECK(done.answers[0].ack.upto == Seq{3});
    CHECK(done.answers[0].ack.expect == Seq{0});
    CHECK(done.answers[0].ack.server == server);
    CHECK(done.answers[1].device == ht02);
}

TEST_CASE("what is sent twice is stored once and acknowledged twice") {
    MemoryStore store;
    (void)ingest({batch(ht01, 1, 2)}, server, store.transact());
    const auto again = ingest({batch(ht01, 1, 2)}, server, store.transact());
    CHECK(again.new_events == 0);
    CHECK(again.answers.at(0).ack.upto == Seq{2});
    CHECK(store.log.size() == 2);
}

TEST_CASE("after a gap nothing is stored and the device is told where to go on") {
    MemoryStore store;
    const auto done = ingest({batch(ht01, 3, 4), batch(ht01, 1, 1)}, server, store.transact());
    CHECK(done.answers.at(0).ack.upto == Seq{1});
    CHECK(done.answers.at(0).ack.expect == Seq{2});
    CHECK(store.log.size() == 1);
}

TEST_CASE("another epoch of the same device begins at one") {
    MemoryStore store;
    (void)ingest({batch(ht01, 1, 2)}, server, store.transact());
    auto renewed = batch(ht01, 1, 1);
    renewed.batch.epoch = renewed.batch.events[0].epoch = Epoch{8};
    const auto done = ingest({renewed}, server, store.transact());
    CHECK(done.answers.at(0).ack.epoch == Epoch{8});
    CHECK(store.log.size() == 3);
}

TEST_CASE("nothing is acknowledged when the commit fails") {
    MemoryStore store;
    store.is_full = true;
    const auto done = ingest({batch(ht01, 1, 2), batch(ht02, 1, 1)}, server, store.transact());
    CHECK(done.answers.empty());
    CHECK(done.unstored.size() == 2);
    CHECK(store.log.empty());
}

TEST_CASE("one device's event that cannot be stored does not stop the others") {
    MemoryStore store;
    store.poison = "P-BAD";
    const auto done = ingest({batch(ht01, 1, 2, "P-BAD"), batch(ht02, 1, 1)}, server, store.transact());
    REQUIRE(done.answers.size() == 1);
    CHECK(done.answers[0].device == ht02);
    CHECK(done.unstored.at(0).device == ht01);
}

TEST_CASE("the device is taken from the topic, and what cannot be read is garbage with its reason") {
    const SiteId site{"T1"};
    const auto payload = to_json(batch(ht01, 1, 1).batch);
    const auto came = read_inbound(site, "kenpin/1/T1/HT09/ev", payload);
    CHECK(std::get<BatchCame>(came).batch.events.at(0).device == DeviceId{"HT09"});
    for (const auto* topic : {"kenpin/1/T2/HT01/ev", "kenpin/1/T1/HT01/ack", "kenpin/1/T1/ev", "$SYS/x", ""})
        CHECK(std::holds_alternative<Garbage>(read_inbound(site, topic, payload)));
    for (const auto* text : {"", "{", "[]", "{\"v\":1}", "{\"v\":2,\"epoch\":7,\"events\":[]}", "\xff\xfe"})
        CHECK(std::holds_alternative<Garbage>(read_inbound(site, "kenpin/1/T1/HT01/ev", text)));
}
