#include "station/sync/outbox.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::sync;
using namespace std::chrono_literals;

namespace {

const Instant morning = from_ms(1'800'000'000'000);
const Receipt early{"boot-1", 60s}, later{"boot-1", 3'600s};

Outbox open(const std::string& path = ":memory:", std::size_t capacity = limits::outbox_events) {
    auto outbox = Outbox::open({.path = path, .device = DeviceId{"HT01"}, .capacity = capacity});
    REQUIRE_MESSAGE(outbox, (outbox ? "" : outbox.error().detail));
    return std::move(outbox).value();
}

NewEvent opened(const std::string& list, Instant at = morning) {
    return {at, WorkerId{"W1"}, "SCANNER-1", protocol::ListOpened{ListId{list}}};
}

protocol::PickListDoc list(const std::string& id, int version = 1) {
    protocol::PickListDoc doc;
    doc.version = version;
    doc.task.list = ListId{id};
    return doc;
}

protocol::PackDoc pack(const std::string& shipment) {
    protocol::PackDoc doc;
    doc.task.shipment = ShipmentId{shipment};
    return doc;
}

std::vector<std::int64_t> seqs(const std::vector<protocol::Event>& events) {
    std::vector<std::int64_t> found;
    for (const auto& event : events) found.push_back(event.seq.value);
    return found;
}

using Seqs = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("events are numbered without a gap, and a restart goes on after the last") {
    support::TempDir folder;
    const auto path = (folder / "station.db").string();
    Epoch epoch;
    {
        auto outbox = open(path);
        epoch = outbox.known().epoch;
        CHECK(epoch.value > 0);
        CHECK(seqs(outbox.commit({opened("P-1")}).value()) == Seqs{1});
        CHECK(seqs(outbox.commit({opened("P-2"), opened("P-3")}).value()) == Seqs{2, 3});
    }
    auto outbox = open(path);
    CHECK(outbox.known().epoch == epoch);
    CHECK(outbox.known().last_seq == Seq{3});
    CHECK(seqs(outbox.commit({opened("P-4")}).value()) == Seqs{4});
    const auto events = outbox.resume().value().events;
    CHECK(seqs(events) == Seqs{1, 2, 3, 4});
    CHECK(std::get<protocol::ListOpened>(events[1].body).list == ListId{"P-2"});
    CHECK(events[0].worker == WorkerId{"W1"});
    CHECK(events[0].scanner == "SCANNER-1");
    CHECK(events[0].device_time == morning);
    CHECK(events[0].epoch == epoch);
}

TEST_CASE("the exchange reads what the server lacks, in order and at most so much") {
    auto outbox = open();
    for (int i = 0; i < 5; ++i) REQUIRE(outbox.commit({opened("P-1")}));
    CHECK(seqs(outbox.read(Seq{2}, 2).value()) == Seqs{3, 4});
    CHECK(seqs(outbox.read(Seq{5}, 2).value()).empty());
}

TEST_CASE("a full outbox refuses work and has room again when the server has taken some") {
    auto outbox = open(":memory:", 2);
    REQUIRE(outbox.commit({opened("P-1"), opened("P-1")}));
    const auto refused = outbox.commit({opened("P-1")});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Error::Kind::full);
    REQUIRE(outbox.mark_acked(Seq{1}));
    CHECK(seqs(outbox.commit({opened("P-1")}).value()) == Seqs{3});
}

TEST_CASE("a commit that fails leaves no trace and no gap") {
    bool is_full = false;
    Outbox::Options options{.path = ":memory:", .device = DeviceId{"HT01"}};
    options.hooks.before_commit = [&](int) {
        return is_full ? std::optional{Error{Error::Kind::full, "disk full"}} : std::nullopt;
    };
    auto opening = Outbox::open(options);
    REQUIRE(opening);
    auto outbox = std::move(opening).value();
    is_full = true;
    CHECK(outbox.commit({opened("P-1")}).error().kind == Error::Kind::full);
    is_full = false;
    CHECK(seqs(outbox.commit({opened("P-1")}).value()) == Seqs{1});
    CHECK(seqs(outbox.resume().value().events) == Seqs{1});
}

TEST_CASE("documents replace their older versions only, and go when the server says so") {
    auto outbox = open();
    REQUIRE(outbox.store(StoreDocuments{{list("P-1", 2), list("P-2")}, {pack("S-1")}, {}}, early));
    REQUIRE(outbox.store(StoreDocuments{{list("P-1", 1)}, {}, {"P-2"}}, later));
    REQUIRE(outbox.known().lists.size() == 1);
    CHECK(outbox.known().lists[0].version == 2);
    const auto resume = outbox.resume().value();
    CHECK(resume.lists.at(0).doc.task.list == ListId{"P-1"});
    CHECK(resume.lists.at(0).received == early);
    CHECK(resume.packs.at(0).doc.task.shipment == ShipmentId{"S-1"});
    CHECK_FALSE(resume.settings);
}

TEST_CASE("a list that is offered anew in the same version begins its lease anew, also after a restart") {
    auto outbox = open();
    REQUIRE(outbox.store(StoreDocuments{{list("P-1")}, {}, {}}, early));
    REQUIRE(outbox.store(StoreDocuments{{list("P-1")}, {}, {}}, later));
    CHECK(outbox.resume().value().lists.at(0).received == later);
}

TEST_CASE("settings are kept, and only other ones are news") {
    auto outbox = open();
    protocol::Settings settings;
    settings.site_name = "東京";
    CHECK(outbox.store(settings).value());
    CHECK_FALSE(outbox.store(settings).value());
    CHECK(outbox.resume().value().settings->site_name == "東京");
}

TEST_CASE("acknowledged events stay while their list is here, and a day longer") {
    auto outbox = open();
    REQUIRE(outbox.store(StoreDocuments{{list("P-1")}, {}, {}}, early));
    REQUIRE(outbox.commit({opened("P-1"), opened("P-2"), opened("P-3", morning + 2h), opened("P-4")}));
    REQUIRE(outbox.mark_acked(Seq{3}));
    REQUIRE(outbox.prune(morning + 23h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{1, 2, 3, 4});
    REQUIRE(outbox.prune(morning + 25h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{1, 3, 4});
    REQUIRE(outbox.store(StoreDocuments{{}, {}, {"P-1"}}, early));
    REQUIRE(outbox.prune(morning + 48h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{4});
}

TEST_CASE("a new epoch numbers the unacknowledged events anew and keeps the others in order") {
    auto outbox = open();
    for (const auto* id : {"P-1", "P-2", "P-3"}) REQUIRE(outbox.commit({opened(id)}));
    REQUIRE(outbox.mark_acked(Seq{1}));
    const auto before = outbox.known().epoch;
    REQUIRE(outbox.renew_epoch(Seq{1}));
    CHECK(outbox.known().epoch != before);
    CHECK(outbox.known().last_seq == Seq{2});
    CHECK(outbox.known().acked_upto == Seq{0});
    const auto unsent = outbox.read(Seq{0}, 10).value();
    CHECK(seqs(unsent) == Seqs{1, 2});
    CHECK(std::get<protocol::ListOpened>(unsent[0].body).list == ListId{"P-2"});
    CHECK(unsent[0].epoch == outbox.known().epoch);
    CHECK(seqs(outbox.resume().value().events) == Seqs{1, 1, 2});
    CHECK(seqs(outbox.commit({opened("P-4")}).value()) == Seqs{3});
}

TEST_CASE("a scan of the bridge is stored with its events, and never twice") {
    auto outbox = open();
    const protocol::ScanIdentity scan{{"run-1"}, {5}};
    REQUIRE(outbox.commit({opened("P-1")}, scan));
    CHECK(outbox.commit({opened("P-1")}, scan).error().kind == Error::Kind::refused);
    CHECK(outbox.known().last_seq == Seq{1});
    CHECK(outbox.resume().value().taken_scans == std::vector{scan});
    CHECK(outbox.resume().value().epoch == outbox.known().epoch);
}

TEST_CASE("a second program on the same file is refused") {
    support::TempDir folder;
    const auto path = (folder / "station.db").string();
    auto first = open(path);
    CHECK_FALSE(Outbox::open({.path = path, .device = DeviceId{"HT01"}}));
    CHECK(first.commit({opened("P-1")}));
}

TEST_CASE("a file of another device is refused, and the file is for its owner only") {
    support::TempDir folder;
    const auto path = (folder / "station.db").string();
    { auto outbox = open(path); }
    const auto other = Outbox::open({.path = path, .device = DeviceId{"HT02"}});
    REQUIRE_FALSE(other);
    CHECK(other.error().kind == Error::Kind::refused);
    namespace fs = std::filesystem;
    CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}
