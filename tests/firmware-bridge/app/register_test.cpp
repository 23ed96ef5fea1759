#include "firmware-bridge/app/register.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;
using device::Attachment;
using device::Handle;
using device::Kind;

namespace {

Attachment scanner(std::uint64_t handle, const std::string& serial, const std::string& port) {
    return {.handle = Handle{handle}, .vid = 0x0c2e, .pid = 0x0b61, .serial = serial, .port = port};
}

DeviceSettings named(const std::string& id, Match match) {
    DeviceSettings settings;
    settings.id.value = id;
    settings.match = std::move(match);
    return settings;
}

std::string id_of(const Register& devices, std::uint64_t handle) {
    return devices.find(Handle{handle})->id.value;
}

bool is_assigned(const Register& devices, std::uint64_t handle) {
    return devices.find(Handle{handle})->is_assigned;
}

}  // namespace

TEST_CASE("a scanner that nobody knows is called by its model and serial, and belongs to nobody") {
    Register devices;
    CHECK_FALSE(devices.came(scanner(1, "A17", "0000:00:14.0/1")));
    CHECK(id_of(devices, 1) == "0c2e:0b61#A17");
    CHECK_FALSE(is_assigned(devices, 1));
}

TEST_CASE("without a serial it is known by the port it is plugged into, a serial line by its path") {
    Register devices;
    devices.came(scanner(1, "", "0000:00:14.0/1.2"));
    devices.came({.handle = Handle{2}, .port = "/dev/ttyUSB0"});
    CHECK(id_of(devices, 1) == "0c2e:0b61@0000:00:14.0/1.2");
    CHECK(id_of(devices, 2) == "/dev/ttyUSB0");
}

TEST_CASE("two scanners with the same serial are told apart by their ports, for ever") {
    Register devices;
    devices.came(scanner(1, "0001", "0000:00:14.0/1"));
    devices.pair(Handle{1}, "B1");
    REQUIRE(is_assigned(devices, 1));
    CHECK(devices.came(scanner(2, "0001", "0000:00:14.0/2")));
    CHECK(id_of(devices, 1) == "0c2e:0b61@0000:00:14.0/1");
    CHECK(id_of(devices, 2) == "0c2e:0b61@0000:00:14.0/2");
    CHECK_FALSE(is_assigned(devices, 1));  // it was the serial that was paired, and it says nothing any more
    CHECK_FALSE(is_assigned(devices, 2));

    devices.pair(Handle{2}, "B1");
    devices.went(Handle{1});
    CHECK(id_of(devices, 2) == "0c2e:0b61@0000:00:14.0/2");
    Register next_run({}, devices.pairings());
    next_run.came(scanner(7, "0001", "0000:00:14.0/2"));
    CHECK(is_assigned(next_run, 7));
    next_run.came(scanner(8, "0001", "0000:00:14.0/3"));
    CHECK_FALSE(is_assigned(next_run, 8));
}

TEST_CASE("a record of the configuration names the one device that fits it") {
    Settings settings;
    settings.devices = {named("S1", {.vid = 0x0c2e, .pid = {}, .serial = "A17", .port = {}}),
                        named("S2", {.vid = {}, .pid = {}, .serial = {}, .port = "/dev/ttyUSB0"})};
    Register devices(settings);
    devices.came(scanner(1, "A17", "x/1"));
    devices.came(scanner(2, "A18", "x/2"));
    devices.came({.handle = Handle{3}, .port = "/dev/ttyUSB0"});
    CHECK(id_of(devices, 1) == "S1");
    CHECK(id_of(devices, 2) == "0c2e:0b61#A18");
    CHECK(id_of(devices, 3) == "S2");
    CHECK((is_assigned(devices, 1) && !is_assigned(devices, 2) && is_assigned(devices, 3)));
    CHECK(devices.find(protocol::PeripheralId{"S2"})->attachment.handle == Handle{3});
}

TEST_CASE("a record that fits two scanners names neither, and both say so") {
    Settings settings;
    settings.devices = {named("S1", {.vid = 0x0c2e, .pid = {}, .serial = {}, .port = {}})};
    Register devices(settings);
    devices.came(scanner(1, "A", "x/1"));
    CHECK(id_of(devices, 1) == "S1");
    devices.came(scanner(2, "B", "x/2"));
    CHECK(id_of(devices, 1) == "0c2e:0b61#A");
    CHECK(devices.find(Handle{1})->trouble == "two_match");
    CHECK_FALSE(is_assigned(devices, 1));
    devices.went(Handle{2});
    CHECK(id_of(devices, 1) == "S1");
    CHECK(is_assigned(devices, 1));
}

TEST_CASE("a record without a name holds for every device of its kind") {
    Settings settings;
    settings.devices = {named("", {.vid = 0x0c2e, .pid = {}, .serial = {}, .port = {}})};
    settings.devices[0].dedup = std::chrono::milliseconds{500};
    Register devices(settings);
    devices.came(scanner(1, "A", "x/1"));
    devices.came(scanner(2, "B", "x/2"));
    CHECK(devices.find(Handle{2})->settings.dedup == std::chrono::milliseconds{500});
    CHECK(devices.find(Handle{2})->trouble.empty());
    CHECK_FALSE(is_assigned(devices, 2));
}

TEST_CASE("a scanner paired with another station is not ours; without a name of ours every pairing counts") {
    Settings settings;
    settings.station = "B1";
    Register devices(settings);
    devices.came(scanner(1, "A", "x/1"));
    devices.pair(Handle{1}, "B2");
    CHECK_FALSE(is_assigned(devices, 1));
    devices.set_settings({});
    CHECK(is_assigned(devices, 1));
    devices.pair(Handle{1}, "");
    CHECK_FALSE(is_assigned(devices, 1));
}

TEST_CASE("scales and printers belong to the machine they hang on, an unsupported device to nobody") {
    Register devices;
    devices.came({.handle = Handle{1}, .kind = Kind::scale, .vid = 1, .pid = 1, .port = "x/1"});
    devices.came({.handle = Handle{2}, .kind = Kind::printer, .vid = 1, .pid = 2, .port = "x/2"});
    devices.came({.handle = Handle{3}, .kind = Kind::unsupported, .vid = 1, .pid = 3, .port = "x/3"});
    CHECK((is_assigned(devices, 1) && is_assigned(devices, 2) && !is_assigned(devices, 3)));
}

TEST_CASE("a scanner with a scale in one housing is two devices with one serial, and keeps its pairing") {
    Register devices;
    devices.came(scanner(1, "A17", "0000:00:14.0/1"));
    devices.pair(Handle{1}, "B1");
    auto scale = scanner(2, "A17", "0000:00:14.0/1");
    scale.kind = Kind::scale;
    CHECK_FALSE(devices.came(scale));
    CHECK(id_of(devices, 1) == "0c2e:0b61#A17");
    CHECK(id_of(devices, 2) == "0c2e:0b61#A17+scale");
    CHECK(is_assigned(devices, 1));
}

TEST_CASE("a record names both parts of one housing") {
    Settings settings;
    Match by_serial;
    by_serial.serial = "A17";
    settings.devices.push_back(named("S1", by_serial));
    Register devices(settings);
    auto scale = scanner(1, "A17", "0000:00:14.0/1");
    scale.kind = Kind::scale;
    devices.came(scale);
    devices.came(scanner(2, "A17", "0000:00:14.0/1"));
    CHECK(id_of(devices, 1) == "S1+scale");
    CHECK(id_of(devices, 2) == "S1");
    CHECK(is_assigned(devices, 2));
    CHECK(devices.find(Handle{2})->trouble.empty());
}

TEST_CASE("a scanner plugged in again before its going was seen is not taken for two") {
    Register devices;
    devices.came(scanner(1, "A17", "0000:00:14.0/1"));
    devices.pair(Handle{1}, "B1");
    CHECK_FALSE(devices.came(scanner(2, "A17", "0000:00:14.0/1")));
    devices.went(Handle{1});
    CHECK(is_assigned(devices, 2));
}
