#include "firmware-bridge/app/repeats.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;
using namespace std::chrono_literals;
using protocol::ScanSeq;

namespace {

struct Bench {
    Repeats repeats;
    std::uint64_t seq = 0;
    std::optional<ScanSeq> scan(const std::string& dev, const std::string& bytes,
                                std::chrono::milliseconds at) {
        return repeats.look({ScanSeq{++seq}, device::Mono{at}, {dev}, bytes}, 150ms);
    }
};

}  // namespace

TEST_CASE("the same bytes on the same scanner within 150 ms are marked as a repeat of the one before") {
    Bench bench;
    CHECK_FALSE(bench.scan("S1", "490", 0ms));
    CHECK(bench.scan("S1", "490", 150ms) == ScanSeq{1});
    CHECK(bench.scan("S1", "490", 250ms) == ScanSeq{2});
    CHECK_FALSE(bench.scan("S1", "490", 401ms));
}

TEST_CASE("a worker who scans three of one item, with another code between or slowly, is not marked") {
    Bench bench;
    CHECK_FALSE(bench.scan("S1", "490", 0ms));
    CHECK_FALSE(bench.scan("S1", "491", 60ms));
    CHECK_FALSE(bench.scan("S1", "490", 120ms));
    CHECK_FALSE(bench.scan("S1", "490", 420ms));
}

TEST_CASE("the same code on two scanners within a second is marked") {
    Bench bench;
    CHECK_FALSE(bench.scan("S1", "490", 0ms));
    CHECK(bench.scan("S2", "490", 1'000ms) == ScanSeq{1});
    CHECK_FALSE(bench.scan("S1", "490", 2'001ms));
    CHECK_FALSE(bench.scan("S3", "491", 2'002ms));
}
