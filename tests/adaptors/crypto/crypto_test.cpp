#include "adaptors/crypto/crypto.hpp"

#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;
using namespace kenpin::crypto;

namespace {

Private<std::string> secret(std::string text) {
    return Private<std::string>(std::move(text));
}

}  // namespace

TEST_CASE("a hash is the published one of BLAKE2b-256") {
    CHECK(hash("") == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(hash("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("a keyed hash finds the same name again, but only with the key") {
    const auto key = Key::random();
    CHECK(keyed_hash(key, "検品花子") == keyed_hash(key, "検品花子"));
    CHECK(keyed_hash(key, "検品花子") != keyed_hash(Key::random(), "検品花子"));
    CHECK(keyed_hash(key, "検品花子") != hash("検品花子"));
}

TEST_CASE("what was sealed opens again, whatever it is") {
    CHECK(rc::check([](const std::string& text, const std::string& context) {
        const auto key = Key::random();
        const auto opened = open(key, seal(key, secret(text), context), context);
        RC_ASSERT(static_cast<bool>(opened));
        RC_ASSERT(opened.value().reveal() == text);
    }));
}

TEST_CASE("a sealed text hides what is in it, and never looks the same twice") {
    const auto key = Key::random();
    const auto one = seal(key, secret("架空町1-2-3"), "order 1");
    CHECK(one.find("架空町") == std::string::npos);
    CHECK(one != seal(key, secret("架空町1-2-3"), "order 1"));
}

TEST_CASE("a sealed text does not open with another key, in another place, or after a change") {
    const auto key = Key::random();
    auto sealed = seal(key, secret("架空町1-2-3"), "order 1");
    CHECK_FALSE(open(Key::random(), sealed, "order 1"));
    CHECK_FALSE(open(key, sealed, "order 2"));
    CHECK_FALSE(open(key, sealed.substr(0, sealed.size() - 4), "order 1"));
    CHECK_FALSE(open(key, "", "order 1"));
    CHECK_FALSE(open(key, "no base64 !", "order 1"));
    sealed[sealed.size() / 2] = sealed[sealed.size() / 2] == 'A' ? 'B' : 'A';
    CHECK(open(key, sealed, "order 1").error().kind == Error::Kind::corrupt);
}

TEST_CASE("an order's key sealed by the site's key opens the order's text") {
    const auto site = Key::random();
    const auto order = Key::random();
    const auto again = unwrap(site, wrap(site, order, "order 1"), "order 1");
    REQUIRE(again);
    CHECK(open(again.value(), seal(order, secret("x"), ""), "").value().reveal() == "x");
    CHECK_FALSE(unwrap(Key::random(), wrap(site, order, "order 1"), "order 1"));
}

TEST_CASE("an epoch fits PostgreSQL's BIGINT and is never the same") {
    std::set<Epoch> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto epoch = random_epoch();
        CHECK(epoch.value > 0);
        seen.insert(epoch);
    }
    CHECK(seen.size() == 1000);
    CHECK(random_hex(16).size() == 32);
}

TEST_CASE("secrets are compared whole") {
    CHECK(is_same_secret("token", "token"));
    CHECK_FALSE(is_same_secret("token", "tokem"));
    CHECK_FALSE(is_same_secret("token", "toke"));
    CHECK(is_same_secret("", ""));
}

TEST_CASE("base64 comes back as it was, and what is none is refused") {
    CHECK(rc::check(
        [](const std::string& bytes) { RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes); }));
    CHECK(to_base64("kenpin") == "a2VucGlu");
    CHECK_FALSE(from_base64("a2V*"));
}
