#include "firmware-bridge/app/options.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;
using decode::Framing;

TEST_CASE("a scanner is named on the command line with its path and framing") {
    const auto plain = parse_serial_option("S1=/dev/ttyACM0");
    REQUIRE(plain);
    CHECK(plain.value().id.value == "S1");
    CHECK(plain.value().path == "/dev/ttyACM0");
    CHECK(plain.value().framing == Framing::line);
    CHECK(parse_serial_option("S1=/dev/ttyACM0,stx_etx").value().framing == Framing::stx_etx);
    CHECK(parse_serial_option("S1=/dev/a=b,c,cr").value().path == "/dev/a=b,c");
}

TEST_CASE("what is not a scanner is refused") {
    for (const auto* text : {"", "S1", "=x", "S1=", "S1=,cr", "S1=/dev/x,CRLF", "S1=/dev/x,"}) {
        INFO(text);
        CHECK_FALSE(parse_serial_option(text));
    }
}

TEST_CASE("the configuration file knows speed and beeps, too") {
    const auto read = parse_configuration(R"({ "serial": [
        { "id": "S1", "path": "/dev/ttyS0", "framing": "stx_etx", "baud": 115200, "good_beep_hex": "1B42", "bad_beep_hex": "1b 42" } ] })");
    CHECK_FALSE(read);  // a space is not hex
    const auto good = parse_configuration(R"({ "serial": [ // of bench 1
        { "id": "S1", "path": "/dev/ttyS0", "framing": "stx_etx", "baud": 115200, "good_beep_hex": "1B42" },
        { "id": "S2", "path": "/dev/ttyS1" } ] })");
    REQUIRE(good);
    REQUIRE(good.value().size() == 2);
    CHECK(good.value()[0].baud == 115200);
    CHECK(good.value()[0].good_beep ==
          "\x1b"
          "B");
    CHECK(good.value()[1].framing == Framing::line);
}

TEST_CASE("a configuration that says something unknown is refused, not half obeyed") {
    for (const auto* text :
         {"", "[]", "{", R"({"usb":[]})", R"({"serial":{}})", R"({"serial":[1]})",
          R"({"serial":[{"id":"S1"}]})", R"({"serial":[{"id":"S1","path":"/x","speed":9600}]})",
          R"({"serial":[{"id":"S1","path":"/x","baud":"9600"}]})",
          R"({"serial":[{"id":"S1","path":"/x","framing":"crlf"}]})"}) {
        INFO(text);
        CHECK_FALSE(parse_configuration(text));
    }
}

TEST_CASE("two scanners of one name or at one path are a mistake") {
    const auto a = parse_serial_option("S1=/dev/a").value(), b = parse_serial_option("S2=/dev/b").value();
    CHECK(check_distinct({a, b}));
    CHECK_FALSE(check_distinct({a, b, a}));
    CHECK_FALSE(check_distinct({a, parse_serial_option("S2=/dev/a").value()}));
}
