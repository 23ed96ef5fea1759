#include "server/web/http.hpp"

#include <doctest/doctest.h>

using namespace kenpin::web;

TEST_CASE("a key and a device's account are read from the header") {
    CHECK(parse_authorization("Bearer some-key").secret == "some-key");
    const auto basic = parse_authorization("Basic QjE6cHc6eA==");
    CHECK(basic.is_basic);
    CHECK(basic.user == "B1");
    CHECK(basic.secret == "pw:x");
}

TEST_CASE("what is neither proves nothing") {
    for (const auto* header : {"", "Bearer", "Basic", "Basic !!!", "Basic QjE=", "Digest x"}) {
        const auto none = parse_authorization(header);
        CHECK(none.user.empty());
        CHECK(none.secret.empty());
    }
}
