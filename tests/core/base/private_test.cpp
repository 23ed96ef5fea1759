#include "core/base/private.hpp"

#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "core/base/latest.hpp"
#include "core/base/result.hpp"

using namespace kenpin;

TEST_CASE("personal data never reaches a log") {
    std::ostringstream log;
    log << Private<std::string>("山田太郎");
    CHECK(log.str() == "***");
}

TEST_CASE("a failed result carries its reason") {
    const Result<int> broken = Error{Error::Kind::unreachable, "tcp 9100"};
    REQUIRE_FALSE(broken);
    CHECK(broken.error().detail == "tcp 9100");
}

TEST_CASE("a reader of the latest value sees the newest one and its version") {
    Latest<int> latest;
    CHECK(latest.get().version == 0);
    latest.set(1);
    latest.set(2);
    const auto seen = latest.wait_newer(0, std::chrono::milliseconds{0});
    CHECK(seen.value == 2);
    CHECK(seen.version == 2);
}
