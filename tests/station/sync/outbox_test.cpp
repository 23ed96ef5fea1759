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
    auto outbox =
        Outbox::open({.path = path, .device = DeviceId{"HT01"}, .capacity = capacity, .newest_kept = 0});
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

TEST_CASE("events are numbered without a gap, and each start of the program numbers under a new epoch") {
    support::TempDir folder;
    const auto path = (folder / "station.db").string();
    Epoch epoch;
    {
        auto outbox = open(path);
        epoch = outbox.known().current().epoch;
        CHECK(epoch.value > 0);
        CHECK(seqs(outbox.commit({opened("P-1")}).value()) == Seqs{1});
        CHECK(seqs(outbox.commit({opened("P-2"), opened("P-3")}).value()) == Seqs{2, 3});
    }
    auto outbox = open(path);
    CHECK(outbox.known().lives.size() == 2);
    CHECK(outbox.known().lives.front().last_seq == Seq{3});
    CHECK(outbox.known().current().epoch != epoch);
    CHECK(seqs(outbox.commit({opened("P-4")}).value()) == Seqs{1});
    CHECK(outbox.known().waiting() == 4);
    CHECK(seqs(outbox.read(epoch, Seq{1}, 10).value()) == Seqs{2, 3});
    const auto events = outbox.resume().value().events;
    CHECK(seqs(events) == Seqs{1, 2, 3, 1});
    CHECK(std::get<protocol::ListOpened>(events[1].body).list == ListId{"P-2"});
    CHECK(events[0].worker == WorkerId{"W1"});
    CHECK(events[0].scanner == "SCANNER-1");
    CHECK(events[0].device_time == morning);
    CHECK(events[0].epoch == epoch);
}

TEST_CASE("a copy of the file that is put back never gives a name twice, even one that had written nothing") {
    support::TempDir folder;
    const auto path = (folder / "station.db").string(), copy = (folder / "copy.db").string();
    { auto outbox = open(path); }
    std::filesystem::copy_file(path, copy);
    Epoch first;
    {
        auto outbox = open(path);
        first = outbox.commit({opened("P-1")}).value().front().epoch;
    }
    std::filesystem::copy_file(copy, path, std::filesystem::copy_options::overwrite_existing);
    auto outbox = open(path);
    CHECK(outbox.known().lives.size() == 1);
    CHECK(outbox.commit({opened("P-1")}).value().front().epoch != first);
}

TEST_CASE("starting a hundred times without a scan leaves nothing") {
    support::TempDir folder;
    const auto path = (folder / "station.db").string();
    for (int i = 0; i < 100; ++i) open(path);
    CHECK(open(path).known().lives.size() == 1);
}

TEST_CASE("the exchange reads what the server lacks, in order and at most so much") {
    auto outbox = open();
    for (int i = 0; i < 5; ++i) REQUIRE(outbox.commit({opened("P-1")}));
    CHECK(seqs(outbox.read(outbox.known().current().epoch, Seq{2}, 2).value()) == Seqs{3, 4});
    CHECK(seqs(outbox.read(outbox.known().current().epoch, Seq{5}, 2).value()).empty());
}

TEST_CASE("a full outbox refuses work and has room again when the server has taken some") {
    auto outbox = open(":memory:", 2);
    REQUIRE(outbox.commit({opened("P-1"), opened("P-1")}));
    const auto refused = outbox.commit({opened("P-1")});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Error::Kind::full);
    REQUIRE(outbox.mark_acked(outbox.known().current().epoch, Seq{1}));
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
    const auto taken = outbox.store(StoreDocuments{{list("P-1", 1)}, {}, {"P-2"}}, later);
    REQUIRE(taken);
    CHECK(taken.value().lists.empty());
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

TEST_CASE("a server that was put back may bring a lower version: it is another opening's") {
    auto outbox = open();
    REQUIRE(outbox.store(StoreDocuments{{list("P-1", 7)}, {}, {}, Epoch{1}}, early));
    CHECK(outbox.store(StoreDocuments{{list("P-1", 6)}, {}, {}, Epoch{1}}, later).value().lists.empty());
    CHECK(outbox.store(StoreDocuments{{list("P-1", 6)}, {}, {}, Epoch{2}}, later).value().lists.size() == 1);
    CHECK(outbox.known().lists.at(0).version == 6);
    CHECK(outbox.known().lists.at(0).server == Epoch{2});
}

TEST_CASE("settings never go back a version, unless another opening of the server brings them") {
    auto outbox = open();
    protocol::Settings newer, older;
    newer.version = 3, newer.site_name = "大阪";
    older.version = 2, older.site_name = "東京";
    CHECK(outbox.store(newer, Epoch{1}).value());
    CHECK_FALSE(outbox.store(older, Epoch{1}).value());
    CHECK(outbox.resume().value().settings->site_name == "大阪");
    CHECK(outbox.store(older, Epoch{2}).value());
    CHECK(outbox.resume().value().settings->site_name == "東京");
}

TEST_CASE("settings are kept, and only other ones are news") {
    auto outbox = open();
    protocol::Settings settings;
    settings.site_name = "東京";
    CHECK(outbox.store(settings, Epoch{1}).value());
    CHECK_FALSE(outbox.store(settings, Epoch{1}).value());
    CHECK(outbox.resume().value().settings->site_name == "東京");
}

TEST_CASE("acknowledged events stay while their list is here, and a day longer") {
    auto outbox = open();
    REQUIRE(outbox.store(StoreDocuments{{list("P-1")}, {}, {}}, early));
    REQUIRE(outbox.commit({opened("P-1"), opened("P-2"), opened("P-3", morning + 2h), opened("P-4")}));
    REQUIRE(outbox.mark_acked(outbox.known().current().epoch, Seq{3}));
    REQUIRE(outbox.prune(morning + 23h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{1, 2, 3, 4});
    REQUIRE(outbox.prune(morning + 25h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{1, 2, 3, 4});  // none behind one that stays
    REQUIRE(outbox.store(StoreDocuments{{}, {}, {"P-1"}}, early));
    REQUIRE(outbox.prune(morning + 25h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{3, 4});
    REQUIRE(outbox.prune(morning + 48h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{4});
}

TEST_CASE("who is signed in stays known after a day, also when only the clock jumped over that day") {
    auto outbox = open();
    const auto signed_in = [](const char* who) {
        return NewEvent{morning, WorkerId{who}, "", protocol::WorkerSignedIn{WorkerId{who}}};
    };
    const NewEvent signed_out{morning, WorkerId{"W1"}, "", protocol::WorkerSignedOut{WorkerId{"W1"}}};
    REQUIRE(outbox.commit({signed_in("W1"), signed_out, signed_in("W2"), opened("P-1")}));
    REQUIRE(outbox.mark_acked(outbox.known().current().epoch, Seq{4}));
    REQUIRE(outbox.prune(morning + 48h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{3, 4});
}

TEST_CASE("the newest events stay when the clock jumps over a day") {
    auto outbox = Outbox::open({.path = ":memory:", .device = DeviceId{"HT01"}, .newest_kept = 2}).value();
    REQUIRE(outbox.commit({opened("P-1"), opened("P-2"), opened("P-3"), opened("P-4")}));
    REQUIRE(outbox.mark_acked(outbox.known().current().epoch, Seq{4}));
    REQUIRE(outbox.prune(morning + 48h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{3, 4});
}

TEST_CASE("a scan that the bridge may send again is known, whatever the clock says of its age") {
    auto outbox = open();
    const auto scan = [](std::uint64_t seq) {
        return protocol::ScanIdentity{protocol::BridgeRun{"run1"}, protocol::ScanSeq{seq}};
    };
    constexpr std::uint64_t many = 4 * limits::bridge_ring + 2;
    for (std::uint64_t n = 1; n <= many; ++n)  // its clock is set back while it works
        REQUIRE(outbox.commit({opened("P-1", morning - std::chrono::minutes{n})}, scan(n)));
    CHECK(outbox.resume().value().taken_scans.back() == scan(many));
    REQUIRE(outbox.prune(morning + 72h));
    const auto known = outbox.resume().value().taken_scans;
    CHECK(known.size() == 4 * limits::bridge_ring);
    REQUIRE_FALSE(known.empty());
    CHECK(known.back() == scan(many));
    CHECK_FALSE(outbox.commit({opened("P-1")}, scan(many)));
}

TEST_CASE("what is acknowledged stays until the server's backup has it, where the site makes any") {
    auto outbox = open();
    const auto epoch = outbox.known().current().epoch;
    REQUIRE(outbox.commit({opened("P-1"), opened("P-2"), opened("P-3")}));
    REQUIRE(outbox.mark_acked(epoch, Seq{3}));
    REQUIRE(outbox.mark_kept(epoch, Seq{1}));
    REQUIRE(outbox.prune(morning + 48h));
    CHECK(seqs(outbox.resume().value().events) == Seqs{2, 3});
    CHECK(outbox.known().current().first_seq == Seq{2});
    REQUIRE(outbox.mark_kept(epoch, std::nullopt));
    REQUIRE(outbox.prune(morning + 48h));
    CHECK(outbox.resume().value().events.empty());
}

TEST_CASE("a life that has nothing left is forgotten, the current one never") {
    support::TempDir folder;
    const auto path = (folder / "station.db").string();
    {
        auto outbox = open(path);
        REQUIRE(outbox.commit({opened("P-1")}));
        REQUIRE(outbox.mark_acked(outbox.known().current().epoch, Seq{1}));
    }
    auto outbox = open(path);
    REQUIRE(outbox.prune(morning + 48h));
    CHECK(outbox.known().lives.size() == 1);
    CHECK(outbox.known().waiting() == 0);
    CHECK(seqs(outbox.commit({opened("P-2")}).value()) == Seqs{1});
}

TEST_CASE("a scan of the bridge is stored with its events, and never twice") {
    auto outbox = open();
    const protocol::ScanIdentity scan{{"run-1"}, {5}};
    REQUIRE(outbox.commit({opened("P-1")}, scan));
    CHECK(outbox.commit({opened("P-1")}, scan).error().kind == Error::Kind::refused);
    CHECK(outbox.known().current().last_seq == Seq{1});
    CHECK(outbox.resume().value().taken_scans == std::vector{scan});
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
