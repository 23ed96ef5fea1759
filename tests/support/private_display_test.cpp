#include "tests/support/private_display.hpp"

#include <doctest/doctest.h>

using namespace kenpin;

TEST_CASE("two displays stand beside each other and can be photographed") {
    const support::TempDir dir;
    const auto one = support::PrivateDisplay::start(320, 240);
    const auto two = support::PrivateDisplay::start(320, 240);
    REQUIRE(one);
    REQUIRE(two);
    CHECK(one.value()->name() != two.value()->name());
    REQUIRE(one.value()->photograph(dir / "root.png"));
    CHECK(std::filesystem::file_size(dir / "root.png") > 100);
}
