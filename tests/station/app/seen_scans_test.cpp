#include "station/app/seen_scans.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::app;
using protocol::BridgeRun;
using protocol::ScanIdentity;
using protocol::ScanSeq;
using Seen = SeenScans::Seen;

namespace {

ScanIdentity scan(std::uint64_t seq, std::string run = "a") {
    return {BridgeRun{std::move(run)}, ScanSeq{seq}};
}

}  // namespace

TEST_CASE("a scan is new, then in work, then done") {
    SeenScans seen;
    CHECK(seen.look(scan(1)) == Seen::never);
    seen.begin(scan(1));
    CHECK(seen.look(scan(1)) == Seen::in_work);
    seen.finish(scan(1));
    seen.finish(scan(1));
    CHECK(seen.look(scan(1)) == Seen::done);
}

TEST_CASE("the same number in another run of the bridge is another scan") {
    SeenScans seen;
    seen.finish(scan(1, "a"));
    CHECK(seen.look(scan(1, "b")) == Seen::never);
}

TEST_CASE("what an earlier life of the station stored is done") {
    const SeenScans seen({scan(7), scan(8)});
    CHECK(seen.look(scan(7)) == Seen::done);
    CHECK(seen.look(scan(9)) == Seen::never);
}

TEST_CASE("far more scans are remembered than the bridge can send again") {
    SeenScans seen;
    for (std::uint64_t seq = 1; seq <= 10 * limits::bridge_ring; ++seq) seen.finish(scan(seq));
    CHECK(seen.look(scan(10 * limits::bridge_ring)) == Seen::done);
    CHECK(seen.look(scan(8 * limits::bridge_ring)) == Seen::done);
    CHECK(seen.look(scan(1)) == Seen::never);  // forgotten, so memory stays bounded
}
