// A HID-POS scanner on the software bus, seen by UsbBus.
#include <doctest/doctest.h>

#include "tests/firmware-bridge/device/usb_devices.hpp"
#include "tests/firmware-bridge/device/usb_floor.hpp"

using namespace kenpin::support;

TEST_CASE(
    "a scanner that hangs there is known by its serial and its port, and what it reads comes with its bars") {
    UsbFloor floor;
    PosScanner scanner;
    floor.usb.plug(scanner, "1");
    floor.start();
    const auto came = floor.next("came");
    CHECK(came.find("scanner 05f9:2216 serial=SCN0001 port=0000:00:14.0/1 product=Emulated Scanner") !=
          std::string::npos);
    floor.usb.with(scanner, [&] { scanner.scan("]E0", "4901234567894"); });
    CHECK(floor.next("scan ").ends_with("]E0 4901234567894"));
    CHECK(floor.stop().code == 0);
}
