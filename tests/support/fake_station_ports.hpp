#pragma once
// The world around a station's heart, as values: what it asked for is kept, and answered when the test says
// so.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "station/app/client.hpp"
#include "station/app/ports.hpp"

namespace kenpin::test {

/// Stores when store_next() is called, as a disk that takes its time.
class FakeStorage : public app::Storage {
public:
    struct Asked {
        flow::Commit commit;
        std::optional<protocol::ScanIdentity> scan;
    };
    void commit(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) override {
        waiting.push_back({commit, scan});
    }
    flow::Committed store_next() {
        const Asked asked = waiting.front();
        waiting.erase(waiting.begin());
        flow::Committed done{asked.commit.ticket, {}};
        for (const auto& body : asked.commit.bodies) {
            protocol::Event event;
            event.epoch = Epoch{42};
            event.seq = Seq{static_cast<std::int64_t>(events.size()) + 1};
            event.worker = asked.commit.worker;
            event.body = body;
            events.push_back(event);
            done.events.push_back(event);
        }
        if (asked.scan) scans.push_back(*asked.scan);
        return done;
    }
    flow::CommitFailed fail_next() {
        const flow::Ticket ticket = waiting.front().commit.ticket;
        waiting.erase(waiting.begin());
        return {ticket, Error::Kind::busy};
    }
    std::vector<Asked> waiting;
    std::vector<protocol::Event> events;        // durable
    std::vector<protocol::ScanIdentity> scans;  // durable with them
};

class FakePapers : public app::Papers {
public:
    void prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers) override {
        prepared.push_back(shipment);
        numbers_named[shipment] = numbers;
    }
    void print(const flow::PrintPapers& wanted) override { printed.push_back(wanted); }
    void erase(const ShipmentId& shipment, app::PapersEnd why) override {
        erased.emplace_back(shipment, why);
    }
    std::vector<ShipmentId> prepared;
    std::map<ShipmentId, std::vector<TrackingNo>> numbers_named;
    std::vector<flow::PrintPapers> printed;
    std::vector<std::pair<ShipmentId, app::PapersEnd>> erased;
};

class FakeSpeaker : public app::Speaker {
public:
    void play(flow::ToneKind tone) override { heard.push_back(tone); }
    std::vector<flow::ToneKind> heard;
};

class FakeBridge : public app::Bridge {
public:
    void acknowledge(const protocol::ScanIdentity& scan) override { acknowledged.push_back(scan); }
    void beep(protocol::Beep beep, const std::string&) override { beeps.push_back(beep); }
    std::vector<protocol::ScanIdentity> acknowledged;
    std::vector<protocol::Beep> beeps;
};

class FakeWitness : public app::Witness {
public:
    void saw(const flow::LogShown& shown, const std::string&, Instant) override { seen.push_back(shown); }
    std::vector<flow::LogShown> seen;
};

/// The ports of one station, with made clocks.
struct FakeWorld {
    FakeStorage storage;
    FakePapers papers;
    FakeSpeaker speaker;
    FakeBridge bridge;
    FakeWitness witness;
    Millis mono{1'000};

    app::Ports ports() { return {storage, papers, speaker, bridge, witness}; }
    app::Clocks clocks() {
        return {[] { return Instant{}; }, [this] { return mono; }};
    }
};

}  // namespace kenpin::test
