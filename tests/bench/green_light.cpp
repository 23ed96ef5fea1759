#include "tests/bench/green_light.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "core/base/inbox.hpp"
#include "core/base/limits.hpp"
#include "station/app/client.hpp"
#include "station/app/incoming.hpp"
#include "station/flow/fold.hpp"
#include "station/sync/boot_clock.hpp"
#include "station/sync/station_sync.hpp"
#include "tests/bench/stations.hpp"
#include "tests/support/fake_station_ports.hpp"
#include "tests/support/floor.hpp"
#include "tests/support/process.hpp"

namespace kenpin::bench {
namespace {

using Time = std::chrono::steady_clock::time_point;

Instant machine_clock() {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}
Millis machine_mono() {
    return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}
double ms_between(Time start, Time end) {
    return std::chrono::duration<double, std::milli>(end - start).count();
}

/// One list with one long line: location and slot need no scan.
protocol::PickListDoc long_list(int pieces) {
    auto doc = test::cart_list();
    doc.task.rules = {.scan_location = false, .scan_slot = false};
    doc.task.slots.resize(1);
    doc.task.lines = {test::pick_line(1, "S001", 1, "A-03-02-1", "T-BK-M", pieces, {{test::black, Qty{1}}})};
    return doc;
}

Outcome put_documents(const std::string& path, const protocol::PickListDoc& list) {
    auto outbox = sync::Outbox::open({.path = path, .device = bench_device});
    if (!outbox) return outbox.error();
    auto opened = std::move(outbox).value();
    if (auto stored = opened.store(test::settings(), Epoch{1}); !stored) return stored.error();
    const auto held = opened.store(sync::StoreDocuments{{list}, {}, {}, Epoch{1}}, sync::receipt_now());
    if (!held) return held.error();
    return Done{};
}

class SyncedStorage : public app::Storage {
public:
    explicit SyncedStorage(sync::StationSync& sync) : sync_(sync) {}
    void commit(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) override {
        sync::Commit out{commit.ticket, {}, scan};
        for (const auto& body : commit.bodies)
            out.events.push_back({commit.at, commit.worker, commit.scanner, body});
        KENPIN_CHECK(sync_.commit(std::move(out)));
    }

private:
    sync::StationSync& sync_;
};

/// A station without window, printer and server: its heart and its database.
struct Handheld {
    support::TempDir folder;
    Inbox<sync::Notice> inbox{limits::inbox_large};
    std::unique_ptr<sync::StationSync> sync;
    std::optional<SyncedStorage> storage;
    test::FakePapers papers;
    test::FakeSpeaker speaker;
    test::FakeBridge bridge;
    test::FakeWitness witness;
    std::optional<app::Client> client;
    std::uint64_t scans = 0;

    Outcome begin(int pieces) {
        const auto path = (folder / "station.db").string();
        if (auto put = put_documents(path, long_list(pieces)); !put) return put.error();
        auto options = station_options(path, bench_device, nowhere);
        auto begun = sync::StationSync::start(
            std::move(options), [this](sync::Notice notice) { (void)inbox.post(std::move(notice)); });
        if (!begun) return begun.error();
        sync = std::move(begun).value();
        storage.emplace(*sync);
        const auto& kept = sync->resume();
        client.emplace(app::Ports{*storage, papers, speaker, bridge, witness},
                       app::Clocks{machine_clock, machine_mono},
                       flow::resume(flow::Role::picker, app::documents_of(kept, sync::receipt_now()),
                                    kept.events, machine_mono()));
        client->start();
        client->was_drawn("bench");
        return Done{};
    }
    /// Nothing when it was not green within a second.
    std::optional<double> scan(const std::string& code) {
        const auto start = std::chrono::steady_clock::now();
        const auto seen = greens();
        client->take(app::ScanFromBridge{
            {protocol::BridgeRun{"bench"}, protocol::ScanSeq{++scans}}, {code, {}}, "bench", machine_mono()});
        while (greens() == seen) {
            if (ms_between(start, std::chrono::steady_clock::now()) > 1'000) return std::nullopt;
            for (const auto& notice : inbox.wait_and_take(Millis{100}))
                for (const auto& event : app::to_flow(notice, machine_mono())) client->take(event);
            client->was_drawn("bench");
        }
        return ms_between(start, std::chrono::steady_clock::now());
    }
    std::size_t greens() const {
        std::size_t count = 0;
        for (const auto& shown : witness.seen) count += shown.what == flow::LogShown::What::green ? 1 : 0;
        return count;
    }
};

}  // namespace

Result<std::vector<double>> measure_green_light(int scans) {
    Handheld handheld;
    if (auto begun = handheld.begin(scans + 1); !begun) return begun.error();
    const auto badge = test::own(domain::OwnKind::worker, "W07"),
               list = test::own(domain::OwnKind::list, "P0147"),
               box = test::own(domain::OwnKind::tote, "T-101");
    for (const auto& code : {badge, list, box, test::black})  // the last one warms up
        if (!handheld.scan(code))
            return Error{Error::Kind::refused, "the station did not show green for " + code};
    std::vector<double> took;
    for (int i = 0; i < scans; ++i) {
        handheld.witness.seen.clear();
        const auto one = handheld.scan(test::black);
        if (!one) return Error{Error::Kind::refused, "a pick did not become green"};
        took.push_back(*one);
    }
    return took;
}

Outcome fill_outbox(const std::string& path, int events) {
    if (auto put = put_documents(path, long_list(std::max(events, 1))); !put) return put.error();
    auto outbox = sync::Outbox::open({.path = path, .device = bench_device});
    if (!outbox) return outbox.error();
    auto opened = std::move(outbox).value();
    const sync::NewEvent pick{
        machine_clock(), WorkerId{"W07"}, "bench",
        protocol::ItemPicked{ListId{"P0147"}, LineNo{1}, ShipmentId{"S001"}, Sku{"T-BK-M"},
                             LocationCode{"A-03-02-1"}, Qty{1}, test::black}};
    constexpr int at_once = 500;
    for (int done = 0; done < events; done += at_once)
        if (auto stored = opened.commit(std::vector<sync::NewEvent>(at_once, pick)); !stored)
            return stored.error();
    return Done{};
}

Result<Refold> measure_refold(int events) {
    const support::TempDir folder;
    const auto path = (folder / "station.db").string();
    if (auto filled = fill_outbox(path, events); !filled) return filled.error();
    auto outbox = sync::Outbox::open({.path = path, .device = bench_device});
    if (!outbox) return outbox.error();
    auto opened = std::move(outbox).value();
    const auto start = std::chrono::steady_clock::now();
    const auto kept = opened.resume();
    if (!kept) return kept.error();
    const auto read = std::chrono::steady_clock::now();
    const auto state = flow::resume(flow::Role::picker, app::documents_of(kept.value(), sync::receipt_now()),
                                    kept.value().events, machine_mono());
    const auto end = std::chrono::steady_clock::now();
    if (state.log.size() != static_cast<std::size_t>(events))
        return Error{Error::Kind::corrupt, "not all was folded"};
    return Refold{ms_between(start, read), ms_between(read, end)};
}

}  // namespace kenpin::bench
