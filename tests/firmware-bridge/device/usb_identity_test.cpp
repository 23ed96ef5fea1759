// Where a USB device is plugged in, and which rule of the user it falls under.
#include "firmware-bridge/device/usb_identity.hpp"

#include <doctest/doctest.h>

#include "firmware-bridge/device/usb_plan.hpp"

using namespace kenpin::device;

TEST_CASE("a port is named by its controller and its sockets, never by the bus number that changes at boot") {
    CHECK(port_of("../../../devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2") == "0000:00:14.0/1.2");
    CHECK(port_of("/sys/devices/pci0000:00/0000:00:14.0/usb3/3-1/3-1.2") == "0000:00:14.0/1.2");
    CHECK(port_of("/sys/devices/platform/dummy_hcd.0/usb2/2-1") == "dummy_hcd.0/1");
    CHECK(sysfs_name(3, {1, 2}) == "3-1.2");
}

TEST_CASE("what is no device on a port has no port") {
    CHECK_FALSE(port_of("/sys/devices/pci0000:00/0000:00:14.0/usb1"));
    CHECK_FALSE(port_of("/sys/devices/pci0000:00/0000:00:14.0"));
    CHECK_FALSE(port_of("usb1/1-1"));
    CHECK_FALSE(port_of(""));
}

TEST_CASE("a serial is cleaned of blanks and of what cannot be printed, and never long") {
    CHECK(clean_text("  S/N 12\n\x01") == "S/N 12");
    CHECK(clean_text("   ").empty());
    CHECK(clean_text(std::string(1'000, 'x')).size() == 64);
}

TEST_CASE("a rule fits by what it names, and by nothing it leaves out") {
    const UsbIdentity scanner{.vid = 0x05F9, .pid = 0x2216, .serial = "A1", .product = {}, .port = "c/1.2"};
    CHECK(fits({}, scanner));
    CHECK(fits({.vid = 0x05F9, .pid = 0x2216, .serial = "A1", .port = "c/1.2"}, scanner));
    CHECK_FALSE(fits({.vid = 0x05F8}, scanner));
    CHECK_FALSE(fits({.pid = 0x2217}, scanner));
    CHECK_FALSE(fits({.serial = "A2"}, scanner));
    CHECK_FALSE(fits({.port = "c/1.3"}, scanner));
}

TEST_CASE("a keyboard or a printer is only taken when the user gave it, and nothing that is ignored") {
    const UsbIdentity device{.vid = 1, .pid = 2, .serial = {}, .product = {}, .port = "c/1"};
    const InterfacePlan keyboard{
        .number = 0, .device_class = 3, .subclass = 1, .protocol = 1, .in = {.address = 0x81}, .out = {}};
    const InterfacePlan printer{
        .number = 0, .device_class = 7, .subclass = 1, .protocol = 2, .in = {}, .out = {.address = 0x01}};
    CHECK(role_of(keyboard, device, {}, "") == UsbRole::none);
    CHECK(role_of(printer, device, {}, "") == UsbRole::none);
    UsbOptions ours{.printers = {{}}, .keyboards = {{}}};
    CHECK(role_of(keyboard, device, ours, "") == UsbRole::keyboard);
    CHECK(role_of(printer, device, ours, "") == UsbRole::printer);
    ours.ignored = {{.port = "c/1"}};
    CHECK(role_of(keyboard, device, ours, "") == UsbRole::none);
    CHECK(role_of(printer, device, ours, "") == UsbRole::none);
}

TEST_CASE("a mouse is never taken, not even where all keyboards are ours") {
    const InterfacePlan mouse{
        .number = 0, .device_class = 3, .subclass = 1, .protocol = 2, .in = {.address = 0x81}, .out = {}};
    CHECK(role_of(mouse, {}, {.keyboards = {{}}}, "") == UsbRole::none);
}
