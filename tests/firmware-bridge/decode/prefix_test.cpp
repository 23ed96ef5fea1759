#include "firmware-bridge/decode/prefix.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin::decode;
using kenpin::domain::Symbology;

namespace {

const std::vector<PrefixRule> rules = {
    {"F", "", Symbology::ean13}, {"A", "", Symbology::code39},  {"<C128>", "</C128>", Symbology::code128},
    {"", "#q", Symbology::qr},   {"N", "", Symbology::codabar}, {"NN", "", Symbology::itf}};

Identified without(const std::string& bytes) {
    return without_prefix(rules, identify(bytes));
}

}  // namespace

TEST_CASE("the letter a scanner puts before a code names its bars and is taken off") {
    CHECK(without("F4901234567894").bytes == "4901234567894");
    CHECK(without("F4901234567894").symbology == Symbology::ean13);
    CHECK(without("AKLA-01-035").bytes == "KLA-01-035");
    CHECK(without("https://example.jp#q").symbology == Symbology::qr);
}

TEST_CASE("words around a code are taken off together or not at all") {
    CHECK(without("<C128>KLA-01-035</C128>").bytes == "KLA-01-035");
    CHECK(without("<C128>KLA-01-035").symbology == Symbology::unknown);
    CHECK(without("<C128></C128>").bytes == "<C128></C128>");
}

TEST_CASE("a code that cannot be what the prefix says keeps it: it was no prefix") {
    CHECK(without("FRAGILE").bytes == "FRAGILE");
    CHECK(without("F490123456789").symbology == Symbology::unknown);
    CHECK(without("F").bytes == "F");
}

TEST_CASE("the longer prefix goes first") {
    CHECK(without("NN12345678").symbology == Symbology::itf);
    CHECK(without("NN12345678").bytes == "12345678");
    CHECK(without("N123456789013").symbology == Symbology::codabar);
}

TEST_CASE("a scanner that sends AIM identifiers is believed") {
    const auto scan = without("]C0ABC");
    CHECK(scan.bytes == "ABC");
    CHECK(scan.symbology == Symbology::code128);
}

TEST_CASE("without rules every scan stays as it came") {
    kenpin::test::holds("unchanged", [](const std::string& bytes) {
        RC_ASSERT(without_prefix({}, identify(bytes)).bytes == identify(bytes).bytes);
        RC_ASSERT(without_prefix({PrefixRule{}}, identify(bytes)).bytes == identify(bytes).bytes);
    });
}
