#include "firmware-bridge/decode/aim.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin::decode;
using kenpin::domain::Symbology;

TEST_CASE("the identifier names the bars and is not part of the code") {
    const auto jan = identify("]E04901234567894");
    CHECK(jan.symbology == Symbology::ean13);
    CHECK(jan.aim == "]E0");
    CHECK(jan.bytes == "4901234567894");
}

TEST_CASE("each kind of bars on the floor is known") {
    CHECK(identify("]E449123456").symbology == Symbology::ean8);
    CHECK(identify("]E0012345678905").symbology == Symbology::upc_a);
    CHECK(identify("]I114901234567891").symbology == Symbology::itf);
    CHECK(identify("]C0KLA-01-035").symbology == Symbology::code128);
    CHECK(identify("]C10104901234567894").symbology == Symbology::gs1_128);
    CHECK(identify("]F0a000010000034a").symbology == Symbology::codabar);
    CHECK(identify("]A0ABC").symbology == Symbology::code39);
    CHECK(identify("]Q3x").symbology == Symbology::qr);
    CHECK(identify("]d2x").symbology == Symbology::data_matrix);
}

TEST_CASE("bars the floor has no word for are unknown, without their identifier") {
    const auto pdf417 = identify("]L0some text");
    CHECK(pdf417.symbology == Symbology::unknown);
    CHECK(pdf417.aim == "]L0");
    CHECK(pdf417.bytes == "some text");
}

TEST_CASE("a scan without an identifier stays whole") {
    for (const auto* scan : {"4901234567894", "]", "]E", "]E0", "]?0x", "]E-x", "A]E0x", "]y1x", ""}) {
        CHECK(identify(scan).bytes == scan);
        CHECK(identify(scan).aim.empty());
        CHECK(identify(scan).symbology == Symbology::unknown);
    }
}

TEST_CASE("identifier and code together are always the scan, whatever the bytes") {
    CHECK(rc::check([](const std::string& tail) {
        const auto scan = *rc::gen::element<std::string>("", "]", "]E", "]E0", "]C1", "]d", "x]") + tail;
        const auto found = identify(scan);
        RC_ASSERT(found.aim + found.bytes == scan);
    }));
}
