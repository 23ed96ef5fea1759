// Devices and ingest with a pipe between them that drops, repeats, reorders and breaks; both sides forget
// what they had in memory, and the disk of either may be put back to an older copy. Whatever happens, in the
// end every event that a device has is on the server exactly once, in its device's order.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/base/overloaded.hpp"
#include "server/sync/ingest.hpp"
#include "station/sync/exchange.hpp"
#include "tests/server/sync/memory_store.hpp"

using namespace kenpin;
using namespace kenpin::sync;
using namespace std::chrono_literals;

namespace {

const SiteId site{"T1"};

struct Letter {
    std::string topic, payload;
};

struct Disk {
    std::vector<protocol::Event> stored;
    std::vector<protocol::Life> lives;  // with how far each is noted as acknowledged
};

struct Device {
    DeviceId id;
    Epoch next_epoch;  // each start takes the next one
    Disk disk, copy;
    Exchange exchange;
    bool wants_line = false;
    bool has_line = false;
    int scans = 0;
    std::vector<Letter> up, down;

    Device(const std::string& name, std::int64_t number) : id{name}, next_epoch{number * 1'000'000} {
        restart();
    }

    void restart() {
        std::erase_if(disk.lives, [](const auto& life) { return life.last_seq == Seq{0}; });
        disk.lives.push_back({Epoch{next_epoch.value++}, Seq{1}, Seq{0}, Seq{0}});
        exchange = start({site, id, "picker", "test"}, {disk.lives, {}, {}});
        wants_line = has_line = false;
        down.clear();
    }
    void feed(const Input& input, Millis now) {
        auto step = on(std::move(exchange), input, {now, Instant{now}});
        exchange = std::move(step.state);
        for (const auto& output : step.outputs) perform(output, now);
    }
    void commit(Millis now) {
        auto& life = disk.lives.back();
        ++life.last_seq.value;
        // Each scan is another one, so that two under one name show.
        const protocol::Body body = protocol::ListFinished{ListId{"P-" + std::to_string(++scans)}};
        disk.stored.push_back({id, life.epoch, life.last_seq, Instant{now}, std::nullopt, "", body});
        feed(EventsCommitted{{disk.stored.back()}}, now);
    }
    std::vector<protocol::Event> read(const ReadEvents& wanted) const {
        std::vector<protocol::Event> found;
        for (const auto& event : disk.stored)
            if (event.epoch == wanted.epoch && event.seq > wanted.after && found.size() < wanted.most)
                found.push_back(event);
        return found;
    }
    void note_acked(const MarkAcked& mark) {
        for (auto& life : disk.lives)
            if (life.epoch == mark.epoch) life.acked_upto = mark.upto;
    }
    void perform(const Output& output, Millis now) {
        std::visit(Overloaded{
                       [&](const Connect&) { wants_line = true, has_line = false, down.clear(); },
                       [&](const Publish& message) {
                           if (has_line) up.push_back({message.topic, message.payload});
                       },
                       [&](const ReadEvents& wanted) {
                           feed(EventsRead{wanted.epoch, wanted.after, read(wanted)}, now);
                       },
                       [&](const MarkAcked& mark) { note_acked(mark); },
                       [](const auto&) {},
                   },
                   output);
    }
    void resolve_connect(bool works, Millis now) {
        if (!std::exchange(wants_line, false)) return;
        has_line = works;
        if (works)
            feed(Connected{}, now);
        else
            feed(Disconnected{}, now);
    }
};

struct Floor {
    std::vector<Device> devices{{"HT01", 11}, {"HT02", 22}};
    test::MemoryStore store, store_copy;
    Epoch opening{1};  // of the store: each start takes the next one
    Millis now{0};

    void answer(const DeviceId& id, protocol::Topic kind, const std::string& payload) {
        for (auto& device : devices)
            if (device.id == id && device.has_line)
                device.down.push_back({protocol::topic(site, id, kind), payload});
    }
    void server_takes(const std::vector<Letter>& letters) {
        std::vector<BatchCame> batches;
        for (const auto& letter : letters) {
            auto came = read_inbound(site, letter.topic, letter.payload);
            if (auto* hello = std::get_if<HelloCame>(&came)) {
                protocol::Snapshot snapshot;
                snapshot.epoch = hello->hello.lives.back().epoch;
                snapshot.hello = hello->hello.number;
                snapshot.server = opening;
                for (const auto& life : hello->hello.lives)
                    snapshot.stored.push_back({life.epoch, store.stored_upto(hello->device, life.epoch)});
                answer(hello->device, protocol::Topic::snapshot, to_json(snapshot));
            }
            if (auto* batch = std::get_if<BatchCame>(&came)) batches.push_back(std::move(*batch));
        }
        for (const auto& one : ingest(batches, opening, store.transact()).answers)
            answer(one.device, protocol::Topic::ack, to_json(one.ack));
    }
    // What may happen on the floor; `n` chooses which letter.
    void happen(int what, std::size_t n) {
        auto& device = devices[n % devices.size()];
        n /= devices.size();
        const auto pick = [&](std::vector<Letter>& from) {
            return from.begin() + static_cast<std::ptrdiff_t>(n % from.size());
        };
        switch (what) {
            case 0:
            case 1:
            case 2:
                return device.commit(now);
            case 3:  // time passes
                now += Millis{static_cast<std::int64_t>(n % 2'000)};
                return device.feed(Tick{}, now);
            case 4:
                return device.resolve_connect(n % 3 != 0, now);
            case 5:  // any letter arrives, not the oldest first
            case 6: {
                if (device.up.empty()) return;
                const auto letter = *pick(device.up);
                device.up.erase(pick(device.up));
                return server_takes({letter});
            }
            case 7:
            case 8: {
                if (device.down.empty()) return;
                const auto letter = *pick(device.down);
                device.down.erase(pick(device.down));
                return device.feed(Arrived{letter.topic, letter.payload}, now);
            }
            case 9:  // lost on the way
                if (!device.up.empty()) device.up.erase(pick(device.up));
                return;
            case 10:
                if (!device.down.empty()) device.down.erase(pick(device.down));
                return;
            case 11:  // comes twice
                if (!device.up.empty()) device.up.push_back(*pick(device.up));
                return;
            case 12:
                if (!device.down.empty()) device.down.push_back(*pick(device.down));
                return;
            case 13:  // the broker was killed
                for (auto& each : devices) {
                    each.down.clear();
                    if (std::exchange(each.has_line, false)) each.feed(Disconnected{}, now);
                }
                return;
            case 14:
                return device.restart();
            case 15:
                device.copy = device.disk;
                return;
            case 16:  // after another disk died
                device.disk = device.copy;
                return device.restart();
            case 17:
                store_copy = store;
                return;
            case 18:  // letters of before are still on their way
                store = store_copy;
                store = store_copy;
                [[fallthrough]];
            case 19:
                ++opening.value;
                return;
            default:
                store.is_full = n % 4 == 0;
        }
    }
    bool knows_server(const Device& device) const { return device.exchange.server == opening; }
    bool is_settled() const {
        return std::all_of(devices.begin(), devices.end(), [&](const Device& d) {
            return knows_server(d) && d.exchange.shown.link == Link::online && d.exchange.shown.waiting == 0;
        });
    }
    // All faults stop. False: after a minute of their time there is still something waiting.
    bool settle() {
        store.is_full = false;
        for (const auto end = now + 60s; now < end && !is_settled(); now += 50ms)
            for (auto& device : devices) {
                device.feed(Tick{}, now);
                device.resolve_connect(true, now);
                server_takes(std::exchange(device.up, {}));
                for (const auto& letter : std::exchange(device.down, {}))
                    device.feed(Arrived{letter.topic, letter.payload}, now);
            }
        return is_settled();
    }
    using Scans = std::vector<std::string>;
    static std::string scan_of(const protocol::Event& event) {
        return std::get<protocol::ListFinished>(event.body).list.value;
    }
    Scans on_server(const DeviceId& id, Epoch epoch, Seq upto) const {
        Scans found;
        for (const auto& event : store.log)
            if (event.device == id && event.epoch == epoch && event.seq <= upto)
                found.push_back(scan_of(event));
        return found;
    }
    // What only a disk that is gone had may be on the server as well, in its own names.
    bool has_each_exactly_once() const {
        return std::all_of(devices.begin(), devices.end(), [&](const Device& device) {
            return std::all_of(device.disk.lives.begin(), device.disk.lives.end(), [&](const auto& life) {
                Scans expected;
                for (const auto& event : device.disk.stored)
                    if (event.epoch == life.epoch) expected.push_back(scan_of(event));
                return on_server(device.id, life.epoch, life.last_seq) == expected;
            });
        });
    }
    bool acknowledges_only_what_is_durable() const {
        return std::all_of(devices.begin(), devices.end(), [&](const Device& d) {
            if (!knows_server(d)) return true;  // what it knows is of a server that may have been put back
            return std::all_of(d.disk.lives.begin(), d.disk.lives.end(), [&](const auto& life) {
                return life.acked_upto <= store.stored_upto(d.id, life.epoch);
            });
        });
    }
};

// Mostly lines stand and letters arrive: else there is nothing to lose.
rc::Gen<int> mostly_the_usual() {
    return rc::gen::weightedOneOf<int>({{3, rc::gen::inRange(0, 3)},      // scans
                                        {6, rc::gen::inRange(3, 5)},      // time, connections
                                        {16, rc::gen::inRange(5, 9)},     // letters arrive
                                        {3, rc::gen::inRange(9, 13)},     // or not, or twice
                                        {2, rc::gen::inRange(13, 21)}});  // everything else
}

}  // namespace

TEST_CASE("whatever the network does, every event is on the server exactly once in the end") {
    const auto holds = rc::check("exactly once", [] {
        Floor floor;
        for (auto& device : floor.devices) {
            device.feed(Tick{}, floor.now);
            device.resolve_connect(true, floor.now);
        }
        using Steps = std::vector<std::pair<int, std::uint16_t>>;
        const auto any_step = rc::gen::pair(mostly_the_usual(), rc::gen::arbitrary<std::uint16_t>());
        const auto steps = *rc::gen::scale(4.0, rc::gen::container<Steps>(any_step));  // up to 400
        for (const auto& [what, n] : steps) {
            floor.happen(what, n);
            RC_ASSERT(floor.acknowledges_only_what_is_durable());
        }
        RC_ASSERT(floor.settle());
        RC_ASSERT(floor.has_each_exactly_once());
    });
    CHECK(holds);
}

TEST_CASE("a shift of 1,800 scans made without a network is drained in ten seconds") {
    Floor floor;
    for (int i = 0; i < 1'800; ++i)
        for (auto& device : floor.devices) device.commit(floor.now);
    const auto begin = floor.now;
    CHECK(floor.settle());
    CHECK(floor.now - begin <= 10s);
    CHECK(floor.has_each_exactly_once());
}
