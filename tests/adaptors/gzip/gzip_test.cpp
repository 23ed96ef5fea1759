#include "adaptors/gzip/gzip.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include "tests/support/property.hpp"

using namespace kenpin;

namespace {

constexpr std::size_t plenty = 1U << 20U;

std::string packed(const std::string& text) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 32, '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

TEST_CASE("what was packed comes out as it was") {
    test::holds("there and back", [](const std::string& text) {
        const auto back = gzip::unpack(packed(text), plenty);
        return back && back.value() == text;
    });
    const std::string big(300'000, 'x');
    CHECK(gzip::unpack(packed(big), plenty).value() == big);
}

TEST_CASE("members behind each other are one text") {
    CHECK(gzip::unpack(packed("受注") + packed("CSV"), plenty).value() == "受注CSV");
}

TEST_CASE("a packed file is known by its first bytes") {
    CHECK(gzip::is_packed(packed("")));
    CHECK_FALSE(gzip::is_packed("注文番号"));
    CHECK_FALSE(gzip::is_packed(""));
}

TEST_CASE("a file that is cut off or damaged is no file") {
    const auto whole = packed("注文番号,ステータス");
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(gzip::unpack(whole.substr(0, length), plenty));
    auto damaged = whole;
    damaged[whole.size() - 6] = static_cast<char>(~damaged[whole.size() - 6]);
    CHECK_FALSE(gzip::unpack(damaged, plenty));
    CHECK_FALSE(gzip::unpack(whole + "rest", plenty));
}

TEST_CASE("a small file that unpacks to more than is allowed is refused") {
    const auto bomb = gzip::unpack(packed(std::string(300'000, '0')), 100'000);
    REQUIRE_FALSE(bomb);
    CHECK(bomb.error().kind == Error::Kind::full);
}

TEST_CASE("no bytes stop it") {
    test::holds("noise is refused or read", [](const std::string& noise) {
        (void)gzip::unpack("\x1F\x8B\x08" + noise, plenty);  // must only return
        return true;
    });
}
