// The transactions of a station's own database.
#include <chrono>
#include <functional>
#include <utility>

#include "core/base/check.hpp"
#include "station/sync/outbox.hpp"
#include "tests/sim/crash_points.hpp"
#include "tests/support/floor.hpp"

namespace kenpin::sim {
namespace {

using support::FaultDisk;
using sync::Outbox;
using namespace std::chrono_literals;

constexpr const char* file = "outbox.db";
const Instant morning = from_ms(1'800'000'000'000);
const sync::Receipt received{"boot-1", 60s};
constexpr Epoch server{9};

Result<Outbox> open(FaultDisk& disk) {
    return Outbox::open(
        {.path = disk.path(file), .device = DeviceId{"HT01"}, .newest_kept = 0, .fresh_epoch = [] {
             return Epoch{77};
         }});
}

Outbox must_open(FaultDisk& disk) {
    auto opened = open(disk);
    KENPIN_CHECK(static_cast<bool>(opened));
    return std::move(opened).value();
}

sync::NewEvent event(protocol::Body body) {
    return {morning, WorkerId{"W07"}, "wedge", std::move(body)};
}

protocol::ScanIdentity scan(std::uint64_t seq) {
    return {protocol::BridgeRun{"run1"}, protocol::ScanSeq{seq}};
}

using Act = std::function<Outcome(Outbox&)>;

template <class T>
Outcome done_or_error(const Result<T>& result) {
    if (!result) return result.error();
    return Done{};
}

// A morning's work: signed in, a list half walked, half of it acknowledged.
Outcome half_a_list(Outbox& outbox) {
    KENPIN_CHECK(static_cast<bool>(
        outbox.store(sync::StoreDocuments{{test::cart_list()}, {test::own_label_pack()}, {}}, received)));
    KENPIN_CHECK(static_cast<bool>(outbox.store(test::settings(), server)));
    const ListId list{"P0147"};
    const std::vector<protocol::Body> bodies = {
        protocol::WorkerSignedIn{WorkerId{"W07"}}, protocol::ListOpened{list},
        protocol::ToteBound{list, SlotNo{1}, ShipmentId{"S001"}, ToteCode{"T-101"}},
        protocol::LocationConfirmed{list, LineNo{1}, LocationCode{"A-03-02-1"}}};
    std::uint64_t seq = 0;
    for (const auto& body : bodies)
        KENPIN_CHECK(static_cast<bool>(outbox.commit({event(body)}, scan(++seq))));
    return outbox.mark_acked(outbox.known().current().epoch, Seq{2});
}

Transaction of_outbox(std::string name, const Act& act) {
    return {.name = std::move(name),
            .file = file,
            .before =
                [](FaultDisk& disk) {
                    auto outbox = must_open(disk);
                    KENPIN_CHECK(static_cast<bool>(half_a_list(outbox)));
                },
            .run =
                [act](FaultDisk& disk, Attempt& attempt) {
                    auto outbox = must_open(disk);
                    (void)attempt.run([&] { return act(outbox); });  // the attempt keeps the answer
                },
            .start =
                [](FaultDisk& disk, const std::function<void()>& then) {
                    const auto outbox = open(disk);
                    then();
                    return static_cast<bool>(outbox);
                }};
}

Outcome pick(Outbox& outbox) {
    const protocol::ItemPicked picked{ListId{"P0147"},           LineNo{1}, ShipmentId{"S001"}, Sku{"T-BK-M"},
                                      LocationCode{"A-03-02-1"}, Qty{1},    test::black};
    return done_or_error(outbox.commit({event(picked)}, scan(100)));
}

Outcome close_and_finish(Outbox& outbox) {
    return done_or_error(outbox.commit(
        {event(protocol::SlotConfirmed{ListId{"P0147"}, LineNo{1}, ShipmentId{"S001"}, SlotNo{1}, Qty{1}}),
         event(protocol::ListFinished{ListId{"P0147"}})},
        scan(101)));
}

Outcome new_documents(Outbox& outbox) {
    auto newer = test::cart_list();
    newer.version = 2;
    return done_or_error(
        outbox.store(sync::StoreDocuments{{newer}, {test::preissued_pack()}, {"S001"}}, received));
}

Outcome new_settings(Outbox& outbox) {
    auto settings = test::settings();
    settings.site_name = "大阪第二倉庫";
    return done_or_error(outbox.store(settings, server));
}

Transaction of_open(std::string name, std::function<void(FaultDisk&)> before) {
    auto transaction = of_outbox(std::move(name), {});
    transaction.before = std::move(before);
    transaction.is_in_steps = true;
    transaction.run = [](FaultDisk& disk, Attempt& attempt) {
        (void)attempt.run([&] { return done_or_error(open(disk)); });  // the attempt keeps the answer
    };
    return transaction;
}

}  // namespace

std::vector<Transaction> transactions_of_station() {
    auto checkpoint = of_outbox("the log is moved into the file", &Outbox::checkpoint);
    checkpoint.changes_nothing = true;
    auto removal =
        of_outbox("what is old is removed", [](Outbox& outbox) { return outbox.prune(morning + 48h); });
    removal.before = [half = removal.before](FaultDisk& disk) {
        half(disk);
        auto outbox = must_open(disk);
        KENPIN_CHECK(
            static_cast<bool>(outbox.store(sync::StoreDocuments{{}, {}, {"P0147", "S001"}}, received)));
        // The newest sign-in stays, and all after it.
        KENPIN_CHECK(static_cast<bool>(outbox.commit({event(protocol::WorkerSignedIn{WorkerId{"W08"}})})));
    };
    auto again = of_open("a station starts on its own database", of_outbox("", {}).before);
    again.changes_nothing = true;
    return {
        of_outbox("a scan is stored", pick),
        of_outbox("two records of one scan are stored", close_and_finish),
        of_outbox("an acknowledgement is written down",
                  [](Outbox& outbox) { return outbox.mark_acked(outbox.known().current().epoch, Seq{4}); }),
        of_outbox("documents come, newer and gone", new_documents),
        of_outbox("settings come", new_settings),
        std::move(removal),
        std::move(checkpoint),
        of_open("a station starts for the first time", [](FaultDisk&) {}),
        std::move(again)};
}

}  // namespace kenpin::sim
