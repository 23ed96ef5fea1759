#include "tests/e2e/chaos/shaper.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::chaos;

namespace {

constexpr int packets = 20'000;

struct Counted {
    int lost = 0, twice = 0, overtaken = 0;
};

Counted send_all(const Weather& weather, Way way, std::uint64_t seed) {
    Counted counted;
    sim::Chance chance(seed);
    std::chrono::milliseconds sent{0}, newest{0};
    for (int n = 0; n < packets; ++n, sent += std::chrono::milliseconds{10}) {
        const auto copies = delays(weather, way, chance);
        counted.lost += copies.empty() ? 1 : 0;
        counted.twice += copies.size() == 2 ? 1 : 0;
        if (copies.empty()) continue;
        counted.overtaken += sent + copies.front() < newest ? 1 : 0;
        newest = std::max(newest, sent + copies.front());
    }
    return counted;
}

}  // namespace

TEST_CASE("bad weather loses two packets of a hundred, repeats one, and lets many overtake each other") {
    const auto counted = send_all(bad_weather(), Way::up, 1);
    CHECK(counted.lost > packets / 100);
    CHECK(counted.lost < packets * 3 / 100);
    CHECK(counted.twice > packets / 200);
    CHECK(counted.twice < packets * 2 / 100);
    CHECK(counted.overtaken > packets / 2);
}

TEST_CASE("the same seed is the same weather") {
    const auto once = send_all(bad_weather(), Way::up, 7), again = send_all(bad_weather(), Way::up, 7);
    CHECK(once.lost == again.lost);
    CHECK(once.overtaken == again.overtaken);
}

TEST_CASE("a line cut one way passes everything the other way") {
    const Weather cut{.is_cut_up = true};
    CHECK(send_all(cut, Way::up, 1).lost == packets);
    CHECK(send_all(cut, Way::down, 1).lost == 0);
    CHECK(send_all({}, Way::up, 1).overtaken == 0);
}
