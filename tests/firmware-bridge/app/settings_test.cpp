#include "firmware-bridge/app/settings.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;
using decode::Framing;

TEST_CASE("a serial scanner is named on the command line with its path and framing") {
    const auto plain = parse_serial_option("S1=/dev/ttyACM0");
    REQUIRE(plain);
    CHECK(plain.value().id.value == "S1");
    CHECK(plain.value().match.port == "/dev/ttyACM0");
    CHECK(plain.value().line->path == "/dev/ttyACM0");
    CHECK(plain.value().line->framing == Framing::line);
    CHECK(parse_serial_option("S1=/dev/ttyACM0,stx_etx").value().line->framing == Framing::stx_etx);
    CHECK(parse_serial_option("S1=/dev/a=b,c,cr").value().line->path == "/dev/a=b,c");
}

TEST_CASE("what is not a scanner is refused") {
    for (const auto* text : {"", "S1", "=x", "S1=", "S1=,cr", "S1=/dev/x,CRLF", "S1=/dev/x,"}) {
        INFO(text);
        CHECK_FALSE(parse_serial_option(text));
    }
}

TEST_CASE("two devices of one name or at one path are a mistake") {
    const auto a = parse_serial_option("S1=/dev/a").value(), b = parse_serial_option("S2=/dev/b").value();
    CHECK(check_distinct({a, b}));
    CHECK_FALSE(check_distinct({a, b, a}));
    CHECK_FALSE(check_distinct({a, parse_serial_option("S2=/dev/a").value()}));
}
