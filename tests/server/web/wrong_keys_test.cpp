#include "server/web/wrong_keys.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "server/web/api.hpp"
#include "tests/support/fake_desk.hpp"

using namespace kenpin;
using namespace kenpin::web;
using namespace std::chrono_literals;

TEST_CASE("of wrong keys from one address one line a minute is written, and each of them is counted") {
    WrongKeys keys;
    const RateClock::time_point start{1s};  // a machine that has just been switched on
    CHECK(keys.note("192.0.2.7", start));
    for (int i = 0; i < 1'000; ++i) CHECK_FALSE(keys.note("192.0.2.7", start + 59s));
    CHECK(keys.note("192.0.2.7", start + 60s));
    CHECK_FALSE(keys.note("192.0.2.7", start + 61s));
    CHECK(keys.count() == 1'003);
}

TEST_CASE("ten thousand addresses that try keys do not fill the log") {
    WrongKeys keys;
    std::size_t lines = 0;
    for (int i = 0; i < 10'000; ++i)
        lines += keys.note("2001:db8::" + std::to_string(i), RateClock::time_point{1h}) ? 1U : 0U;
    CHECK(lines > 1);
    CHECK(lines <= WrongKeys::lines_a_minute);
    CHECK(keys.count() == 10'000);
}

TEST_CASE("a wrong key is told of with its address; no key, a known one and an open page are not") {
    support::FakeDesk desk;
    const auto router = make_api(desk);
    const auto call = [&](const std::string& path, const std::string& key) {
        return router.dispatch(
            {.method = Method::get, .path = path, .authorization = key, .address = "192.0.2.7"});
    };
    CHECK(call("/api/v1/orders", "").status == 401);
    CHECK(call("/api/v1/orders", "Bearer honten-key").status == 200);
    CHECK(call("/api/v1/lists", "Bearer honten-key").status == 403);
    CHECK(call("/api/v1/board", "Bearer guess").status == 200);
    CHECK(desk.wrong_keys_from().empty());
    for (int i = 0; i < 150; ++i) call("/api/v1/orders", "Bearer guess");  // also those that are told to wait
    CHECK(desk.wrong_keys_from() == std::vector<std::string>(150, "192.0.2.7"));
}
