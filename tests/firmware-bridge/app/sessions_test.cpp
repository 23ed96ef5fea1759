#include "firmware-bridge/app/sessions.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;
using namespace std::chrono_literals;
using device::Mono;

namespace {
const protocol::PeripheralId left{"S1"}, right{"S2"};
}

TEST_CASE("each scanner knows the worker whose badge it read last") {
    Sessions sessions;
    CHECK(sessions.of(left, Mono{0s}, 30min).empty());
    sessions.begin(left, "1003", Mono{1s});
    sessions.begin(right, "1004", Mono{1s});
    CHECK(sessions.of(left, Mono{2s}, 30min) == "1003");
    CHECK(sessions.of(right, Mono{2s}, 30min) == "1004");
    sessions.begin(left, "1005", Mono{3s});
    CHECK(sessions.of(left, Mono{4s}, 30min) == "1005");
    sessions.end(left);
    CHECK(sessions.of(left, Mono{5s}, 30min).empty());
    CHECK(sessions.of(right, Mono{5s}, 30min) == "1004");
}

TEST_CASE("who scans nothing for too long is signed off, who scans goes on") {
    Sessions sessions;
    sessions.begin(left, "1003", Mono{0min});
    CHECK(sessions.of(left, Mono{29min}, 30min) == "1003");
    CHECK(sessions.of(left, Mono{58min}, 30min) == "1003");
    CHECK(sessions.of(left, Mono{88min}, 30min).empty());
    CHECK(sessions.of(left, Mono{89min}, 30min).empty());
}
