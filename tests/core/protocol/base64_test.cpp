#include "core/protocol/base64.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::protocol;

TEST_CASE("bytes are written as RFC 4648 shows it") {
    CHECK(to_base64("") == "");
    CHECK(to_base64("f") == "Zg==");
    CHECK(to_base64("foob") == "Zm9vYg==");
    CHECK(to_base64("foobar") == "Zm9vYmFy");
}

TEST_CASE("whatever bytes were written come back") {
    test::holds("base64",
                [](const std::string& bytes) { RC_ASSERT(from_base64(to_base64(bytes)) == bytes); });
}

TEST_CASE("what is no base64 is nothing") {
    for (const auto* text : {"e", "eA=", "eA==eA==", "e*==", "====", "=A=="}) {
        INFO(text);
        CHECK_FALSE(from_base64(text));
    }
}
