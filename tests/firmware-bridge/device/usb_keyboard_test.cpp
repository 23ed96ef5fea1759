// A scanner that types, claimed from the desktop.
#include <cerrno>

#include <doctest/doctest.h>

#include "tests/firmware-bridge/decode/typing.hpp"
#include "tests/firmware-bridge/device/usb_floor.hpp"
#include "tests/support/usb_devices.hpp"

using namespace kenpin::support;
using kenpin::decode::KeyLayout;

namespace {

std::vector<std::string> keys(std::string_view text) {
    return kenpin::test::boot_reports(kenpin::test::typed(text, KeyLayout::us));
}

struct OneWedge {
    WedgeScanner scanner;
    UsbFloor floor;

    OneWedge() {
        floor.usb.plug(scanner, "1");
        floor.start({"keyboards"});
        CHECK(floor.next("came").find(" keyboard 04da:1160") != std::string::npos);
    }
    void type(const std::vector<std::string>& reports) {
        floor.usb.with(scanner, [&] { scanner.type(reports); });
    }
};

}  // namespace

TEST_CASE("what a keyboard scanner types is one scan, group separators too") {
    OneWedge bench;
    bench.type(
        keys("0104901234567894\x1d"
             "10AB\r"));
    CHECK(bench.floor.next("scan ").ends_with(" 0104901234567894^]10AB"));
    bench.type(keys("4901234567894\r"));
    CHECK(bench.floor.next("scan ").ends_with(" 4901234567894"));
}

TEST_CASE("a keyboard that nobody gave us is left to the desktop") {
    WedgeScanner keyboard;
    PosScanner scanner;
    UsbFloor floor;
    floor.usb.plug(keyboard, "1");
    floor.usb.plug(scanner, "2");
    floor.start();
    CHECK(floor.next("came").find(" scanner ") != std::string::npos);
    CHECK(keyboard.claims == 0);
}

TEST_CASE("a code that breaks off is dropped after a pause, and after an error at once") {
    OneWedge bench;
    bench.type(keys("49012"));
    CHECK(bench.floor.next("faulty").ends_with("half_scan"));
    bench.type(keys("49013"));
    bench.floor.usb.with(bench.scanner, [&] { bench.scanner.to_host[in_1].push_back({.status = -EPROTO}); });
    CHECK(bench.floor.next("faulty").ends_with("half_scan"));
    bench.type(keys("4901234567894\r"));
    CHECK(bench.floor.next("scan ").ends_with(" 4901234567894"));
}
