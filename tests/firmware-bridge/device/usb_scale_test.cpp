// A HID scale on the software bus.
#include <doctest/doctest.h>

#include "tests/firmware-bridge/device/usb_floor.hpp"
#include "tests/support/usb_devices.hpp"

using namespace kenpin::support;

namespace {

constexpr int in_motion = 3, stable = 4, under_zero = 5, grams = 2, ounces = 11;

}  // namespace

TEST_CASE("a scale weighs in milligrams whatever its unit, and is set to zero by the host") {
    Scale scale;
    UsbFloor floor;
    floor.usb.plug(scale, "1");
    floor.start();
    const auto came = floor.next("came");
    CHECK(came.find(" scale 0922:8003 serial=SCL0001") != std::string::npos);
    floor.usb.with(scale, [&] {
        scale.weigh(stable, grams, 0, 20);
        scale.weigh(stable, grams, -1, 12'345);
        scale.weigh(in_motion, ounces, -1, 10);
        scale.weigh(under_zero, grams, 0, 5);
    });
    CHECK(floor.next("weight").ends_with(" 20000 mg status 4"));
    CHECK(floor.next("weight").ends_with(" 1234500 mg status 4"));
    CHECK(floor.next("weight").ends_with(" 28350 mg status 3"));
    CHECK(floor.next("weight").ends_with(" -5000 mg status 5"));
    floor.command("zero " + handle_in(came));
    CHECK(floor.usb.wait_until(scale, [&] { return !scale.reports_set.empty(); }));
    CHECK(scale.reports_set.back() == "\x02\x02\x02\x01");
}

TEST_CASE("a scale that goes to sleep leaves the bus and weighs again when it wakes") {
    Scale scale;
    UsbFloor floor;
    floor.usb.plug(scale, "1");
    floor.start();
    for (int i = 1; i <= 3; ++i) {
        const auto handle = handle_in(floor.next("came"));
        floor.usb.with(scale, [&] { scale.weigh(stable, grams, 0, i); });
        CHECK(floor.next("weight").starts_with("weight " + handle));
        floor.usb.unplug(scale, Unplugging::errors_first);
        CHECK(floor.next("went") == "went " + handle);
        floor.usb.plug(scale, "1");
    }
    CHECK_FALSE(floor.said("faulty"));
}
