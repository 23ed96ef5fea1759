// Coming and going on the software bus: replugging, hubs, and two hundred times over with transfers on their
// way.
#include <doctest/doctest.h>

#include "tests/firmware-bridge/device/usb_floor.hpp"
#include "tests/support/usb_devices.hpp"

using namespace kenpin::support;

namespace {

constexpr Unplugging all_orders[] = {Unplugging::event_first, Unplugging::wire_first,
                                     Unplugging::errors_first};

void check_reads(UsbFloor& floor, PosScanner& scanner, const std::string& code) {
    floor.usb.with(scanner, [&] { scanner.scan("]E0", code); });
    CHECK(floor.next("scan ").ends_with("]E0 " + code));
}

}  // namespace

TEST_CASE(
    "a scanner that moves to another port keeps its serial, one without a serial is known by the port") {
    PosScanner with_serial("SCN0007"), without("", 0x05F9, 0x2217);
    UsbFloor floor;
    floor.start();
    floor.usb.plug(with_serial, "1");
    CHECK(floor.next("came").find("serial=SCN0007 port=0000:00:14.0/1 ") != std::string::npos);
    floor.usb.unplug(with_serial);
    CHECK_FALSE(floor.next("went").empty());
    floor.usb.plug(with_serial, "2");
    CHECK(floor.next("came").find("serial=SCN0007 port=0000:00:14.0/2 ") != std::string::npos);
    check_reads(floor, with_serial, "1");
    floor.usb.plug(without, "3");
    CHECK(floor.next("came").find("serial= port=0000:00:14.0/3 ") != std::string::npos);
}

TEST_CASE("two scanners that are equal to the last letter stay apart by their ports") {
    PosScanner left("0000"), right("0000");
    UsbFloor floor;
    floor.usb.plug(left, "1");
    floor.usb.plug(right, "2");
    floor.start();
    auto first = floor.next("came"), second = floor.next("came");
    if (first.find("port=0000:00:14.0/1 ") == std::string::npos) std::swap(first, second);
    CHECK(first.find("port=0000:00:14.0/1 ") != std::string::npos);
    CHECK(second.find("port=0000:00:14.0/2 ") != std::string::npos);
    floor.usb.with(left, [&] { left.scan("]E0", "L"); });
    CHECK(floor.next("scan ").starts_with("scan " + handle_in(first) + " "));
    floor.usb.with(right, [&] { right.scan("]E0", "R"); });
    CHECK(floor.next("scan ").starts_with("scan " + handle_in(second) + " "));
}

TEST_CASE("a whole hub may leave at once and come back") {
    Hub hub;
    PosScanner scanner;
    Scale scale;
    UsbFloor floor;
    floor.usb.plug(hub, "1");
    floor.usb.plug(scanner, "1.2");
    floor.usb.plug(scale, "1.3");
    floor.start();
    CHECK((floor.next("came") + floor.next("came")).find("port=0000:00:14.0/1.2 ") != std::string::npos);
    for (const auto order : all_orders) {
        floor.usb.unplug(scanner, order);  // the kernel takes a hub's children away first
        floor.usb.unplug(scale, order);
        floor.usb.unplug(hub, order);
        CHECK_FALSE(floor.next("went").empty());
        CHECK_FALSE(floor.next("went").empty());
        floor.usb.plug(hub, "1");
        floor.usb.plug(scanner, "1.2");
        floor.usb.plug(scale, "1.3");
        CHECK_FALSE(floor.next("came").empty());
        CHECK_FALSE(floor.next("came").empty());
        check_reads(floor, scanner, "4901234567894");
    }
}

TEST_CASE("a scanner pulled out in the middle of a long code leaves no half of it behind") {
    for (const auto order : all_orders) {
        PosScanner scanner;
        UsbFloor floor;
        floor.usb.plug(scanner, "1");
        floor.start();
        CHECK_FALSE(floor.next("came").empty());
        floor.usb.with(scanner,
                       [&] { scanner.send(PosScanner::reports("]C0", std::string(70, 'A')).at(0)); });
        CHECK(floor.usb.wait_until(scanner, [&] { return scanner.to_host[in_1].empty(); }));
        floor.usb.unplug(scanner, order);
        CHECK(floor.next("faulty").ends_with("half_scan"));
        CHECK_FALSE(floor.next("went").empty());
        floor.usb.plug(scanner, "1");
        CHECK_FALSE(floor.next("came").empty());
        check_reads(floor, scanner, "4901234567894");
    }
}

TEST_CASE("unplugged and plugged in two hundred times, with transfers on their way, nothing hangs or leaks") {
    constexpr int rounds = 200;
    PosScanner scanner, other("SCN0002");
    UsbFloor floor;
    floor.usb.plug(other, "2");
    floor.start();
    CHECK_FALSE(floor.next("came").empty());
    for (int round = 0; round < rounds; ++round) {
        floor.usb.plug(scanner, "1");
        const auto came = floor.next("came");
        REQUIRE_FALSE(came.empty());
        const auto code = "N" + std::to_string(round);
        floor.usb.with(scanner, [&] {
            scanner.to_host[in_1].clear();
            scanner.scan("]E0", code);
        });
        REQUIRE(floor.next("scan ").ends_with("]E0 " + code));
        floor.command("beep " + handle_in(came) + " bad");  // may meet a device that is just leaving
        floor.usb.unplug(scanner,
                         round % 3 == 2 && round % 30 != 2 ? Unplugging::wire_first : all_orders[round % 3]);
        REQUIRE_FALSE(floor.next("went").empty());
    }
    check_reads(floor, other, "4901234567894");
    CHECK(floor.stop() == Exit{.code = 0});  // AddressSanitizer says otherwise when something leaked
    CHECK(floor.output().find("ERROR") == std::string::npos);
}
