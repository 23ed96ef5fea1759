// Eight devices do the same at the same instant, and four hundred orders want one item. Everything counts
// once, and whoever came too late is told who did it and when.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "server/store/floor.hpp"
#include "tests/server/app/demo_floor.hpp"
#include "tests/support/engine.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

constexpr int devices = 8;
const SiteId site{"TOKYO1"};
const Sku ribbon{"G-22081"};

DeviceId handheld(int no) {
    return DeviceId{"HT0" + std::to_string(no)};
}
DeviceId bench(int no) {
    return DeviceId{"BE0" + std::to_string(no)};
}

struct BusyFloor : DemoFloor {
    support::FreshDatabase fresh;
    BusyFloor() {
        floor = open(fresh.url());
        using enum web::Table;
        for (const auto table :
             {items, barcodes, locations, workers, totes, stations, printers, carriers, shops})
            import(table, demo_file(std::string(web::name(table)) + ".csv"));
        import(stock, "sku,location,qty,lot,expiry\n" + ribbon.value + ",B-08-03-1,1000,,\n");
    }

    template <class T, class... Params>
    T value(const std::string& sql, const Params&... params) {
        return read<T>([&](sqlite::Tx& tx) { return Result(tx.value<T>(sql, params...).value_or(T{})); });
    }
    int events(const char* kind) {
        return value<int>("SELECT count(*) FROM event WHERE kind = ?", std::string(kind));
    }
    store::StockTotal total() {
        const auto totals = read<std::vector<store::StockTotal>>(
            [](sqlite::Tx& tx) { return Result(store::stock_totals(tx, site)); });
        const auto found =
            std::find_if(totals.begin(), totals.end(), [](const auto& row) { return row.sku == ribbon; });
        REQUIRE(found != totals.end());
        CHECK(found->is_conserved());
        return *found;
    }
    protocol::PickListDoc list_doc(const ListId& list) {
        return read<protocol::PickListDoc>([&](sqlite::Tx& tx) -> Result<protocol::PickListDoc> {
            const DocumentMaker documents(tx, floor->parts().site, now);
            return documents.pick_list({handheld(1), {Epoch{7}}}, list).value();
        });
    }
    /// A device's next events, as one message.
    sync::Inbound batch(const DeviceId& device, const std::vector<protocol::Body>& bodies) {
        sync::BatchCame came{device, {Epoch{7}, {}}};
        for (const auto& body : bodies) {
            auto& seq = seqs[device];
            seq = Seq{seq.value + 1};
            came.batch.events.push_back({device, Epoch{7}, seq, now, WorkerId{device.value}, "", body});
        }
        return came;
    }
    /// All messages arrive in one moment: one transaction.
    void hear_at_once(const std::vector<sync::Inbound>& came) {
        mail.clear();
        floor->hear(came);
        collect();
    }
    protocol::Ack ack(const DeviceId& device) {
        const auto read_ack = protocol::ack_from_json(last(device, protocol::Topic::ack));
        REQUIRE(read_ack);
        CHECK(read_ack.value().upto == seqs[device]);
        return read_ack.value();
    }
};

std::vector<protocol::Body> whole_list(const protocol::PickListDoc& doc) {
    std::vector<protocol::Body> bodies{protocol::ListOpened{doc.task.list}};
    for (const auto& slot : doc.task.slots)
        bodies.emplace_back(
            protocol::ToteBound{doc.task.list, slot.no, slot.shipment, ToteCode{"T" + slot.shipment.value}});
    for (const auto& line : doc.task.lines) {
        bodies.emplace_back(protocol::LocationConfirmed{doc.task.list, line.no, line.location});
        bodies.emplace_back(protocol::ItemPicked{doc.task.list, line.no, line.shipment, line.sku,
                                                 line.location, line.wanted, ""});
        bodies.emplace_back(
            protocol::SlotConfirmed{doc.task.list, line.no, line.shipment, line.slot, line.wanted});
    }
    bodies.emplace_back(protocol::ListFinished{doc.task.list});
    return bodies;
}

/// The eight in an order that begins with another one in each round.
std::vector<int> order_of(int round) {
    std::vector<int> out;
    for (int i = 0; i < devices; ++i) out.push_back((round + i) % devices + 1);
    return out;
}

}  // namespace

TEST_CASE("the same pick and the same check by eight devices at one instant count once, 40 rounds") {
    BusyFloor floor;
    int told_at_picking = 0, told_at_packing = 0;
    for (int round = 0; round < 40; ++round) {
        floor.now += std::chrono::minutes{1};
        floor.order(small_order("H" + std::to_string(round), ribbon.value, 1));
        const auto started = floor.start();
        REQUIRE(started.lists.size() == 1);
        const auto doc = floor.list_doc(started.lists.front().list);
        std::vector<sync::Inbound> picks, checks;
        for (const int no : order_of(round)) picks.push_back(floor.batch(handheld(no), whole_list(doc)));
        floor.hear_at_once(picks);
        const auto winner = handheld(order_of(round).front());
        CHECK_FALSE(floor.ack(winner).notes);
        for (const int no : order_of(round)) {
            if (handheld(no) == winner) continue;
            const auto answer = floor.ack(handheld(no));
            REQUIRE(answer.notes);
            const auto pick = answer.notes->at(3);
            REQUIRE(pick.done);
            CHECK(pick.done->device == winner);
            CHECK(pick.done->worker == WorkerId{winner.value});
            CHECK(pick.done->at == floor.now);
            ++told_at_picking;
        }
        const auto& line = doc.task.lines.front();
        for (const int no : order_of(round))
            checks.push_back(floor.batch(
                bench(no), {protocol::GoodsVerified{line.shipment, LineNo{1}, line.sku, line.wanted, ""}}));
        floor.hear_at_once(checks);
        for (const int no : order_of(round))
            if (const auto answer = floor.ack(bench(no)); answer.notes) {
                CHECK(answer.notes->front().reason == "too_many");
                CHECK(answer.notes->front().done->device == bench(order_of(round).front()));
                ++told_at_packing;
            }
    }
    CHECK(told_at_picking == 40 * (devices - 1));
    CHECK(told_at_packing == 40 * (devices - 1));
    CHECK(floor.events("item_picked") == 40 * devices);
    CHECK(floor.value<int>("SELECT sum(taken) FROM shipment_line") == 40);
    CHECK(floor.value<int>("SELECT sum(verified) FROM shipment_line") == 40);
    CHECK(floor.value<int>("SELECT sum(picked_units) FROM work_hour") == 40);
    CHECK(floor.value<int>("SELECT sum(verified_units) FROM work_hour") == 40);
    CHECK(floor.total().in_work == Qty{40});
    CHECK(floor.total().on_hand == Qty{960});
}

TEST_CASE("400 orders of one item from eight devices at once: answers, counters and events are 400") {
    BusyFloor floor;
    for (int i = 0; i < 400; ++i) floor.order(small_order("H" + std::to_string(i), ribbon.value, 1));
    const auto started = floor.start();
    // Each handheld walks every eighth list; one event of each device in every message round.
    std::vector<std::vector<protocol::Body>> work(devices);
    for (std::size_t i = 0; i < started.lists.size(); ++i)
        for (auto& body : whole_list(floor.list_doc(started.lists[i].list)))
            work[i % devices].push_back(std::move(body));
    int answers = 0;
    for (std::size_t step = 0;
         std::any_of(work.begin(), work.end(), [&](const auto& w) { return step < w.size(); }); ++step) {
        std::vector<sync::Inbound> came;
        std::set<DeviceId> picking;
        for (int no = 1; no <= devices; ++no) {
            const auto& own = work[static_cast<std::size_t>(no - 1)];
            if (step >= own.size()) continue;
            if (std::holds_alternative<protocol::ItemPicked>(own[step])) picking.insert(handheld(no));
            came.push_back(floor.batch(handheld(no), {own[step]}));
        }
        floor.hear_at_once(came);
        for (const auto& device : picking) answers += floor.ack(device).notes ? 0 : 1;
    }
    CHECK(answers == 400);
    CHECK(floor.events("item_picked") == 400);
    CHECK(floor.value<int>("SELECT sum(picked_units) FROM work_hour") == 400);
    CHECK(floor.value<int>("SELECT sum(taken) FROM shipment_line") == 400);
    CHECK(floor.value<int>("SELECT count(*) FROM shipment WHERE work = 'picked'") == 400);
    CHECK(floor.total().in_work == Qty{400});
    CHECK(floor.total().on_hand == Qty{600});
    CHECK(floor.total().reserved == Qty{0});
    CHECK(floor.value<int>("SELECT on_hand FROM stock") == 600);
}
