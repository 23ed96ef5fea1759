#include "firmware-bridge/app/scan_ring.hpp"

#include <map>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::app;
using protocol::BridgeScan;
using protocol::ScanSeq;

namespace {

BridgeScan scan(std::string raw) {
    BridgeScan made;
    made.raw = std::move(raw);
    return made;
}

std::vector<std::string> send_all(ScanRing& ring) {
    std::vector<std::string> sent;
    while (const auto* next = ring.next_to_send()) {
        sent.push_back(next->raw);
        ring.mark_sent(next->seq);
    }
    return sent;
}

}  // namespace

TEST_CASE("scans are numbered from 1 and sent once over one connection") {
    ScanRing ring;
    ring.add(scan("a"));
    CHECK(ring.next_to_send()->seq == ScanSeq{1});
    ring.add(scan("b"));
    CHECK(send_all(ring) == std::vector<std::string>{"a", "b"});
    ring.add(scan("c"));
    CHECK(send_all(ring) == std::vector<std::string>{"c"});
}

TEST_CASE("a station that comes back gets what it did not acknowledge, in order") {
    ScanRing ring;
    for (const auto* raw : {"a", "b", "c", "d"}) ring.add(scan(raw));
    send_all(ring);
    ring.acknowledge(ScanSeq{3});
    ring.acknowledge(ScanSeq{1});
    ring.send_again();
    CHECK(send_all(ring) == std::vector<std::string>{"b", "d"});
}

TEST_CASE("an acknowledgement of nothing changes nothing") {
    ScanRing ring;
    ring.add(scan("a"));
    ring.acknowledge(ScanSeq{2});
    ring.acknowledge(ScanSeq{0});
    CHECK(ring.waiting() == 1);
    ring.acknowledge(ScanSeq{1});
    ring.acknowledge(ScanSeq{1});
    CHECK(ring.waiting() == 0);
    CHECK(ring.next_to_send() == nullptr);
}

TEST_CASE("a full ring says so until one scan is acknowledged") {
    ScanRing ring;
    for (std::size_t i = 0; i < limits::bridge_ring; ++i) ring.add(scan("x"));
    CHECK(ring.is_full());
    ring.acknowledge(ScanSeq{100});
    CHECK_FALSE(ring.is_full());
}

TEST_CASE("whatever happens on the way, each scan arrives and none after its acknowledgement was taken") {
    CHECK(rc::check([] {
        ScanRing ring;
        std::map<std::string, int> arrived;
        std::vector<ScanSeq> unacknowledged;
        int made = 0;
        for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5))) {
            if (step < 2 && !ring.is_full()) ring.add(scan(std::to_string(++made)));
            if (step == 2 && ring.next_to_send() != nullptr) {
                const auto* next = ring.next_to_send();
                ++arrived[next->raw];
                unacknowledged.push_back(next->seq);
                ring.mark_sent(next->seq);
            }
            if (step == 3 && !unacknowledged.empty()) {
                ring.acknowledge(unacknowledged.back());
                unacknowledged.pop_back();
            }
            if (step == 4) ring.send_again();
        }
        for (const auto& raw : send_all(ring)) ++arrived[raw];
        RC_ASSERT(static_cast<int>(arrived.size()) == made);
    }));
}
