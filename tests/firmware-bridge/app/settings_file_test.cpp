#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "firmware-bridge/app/settings.hpp"
#include "places.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

Result<Settings> read(const std::string& toml) {
    const auto file = config::Config::parse(toml, "bridge.toml");
    REQUIRE(file);
    return parse_settings(file.value());
}

std::string refusal(const std::string& toml) {
    const auto settings = read(toml);
    REQUIRE_FALSE(settings);
    return settings.error().detail;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the file says of each device which one is meant and what holds for it") {
    const auto settings = read(R"(
station = "B1"
idle_minutes = 10
[[devices]]
id = "S1"
vid = 0x0c2e
pid = 0x0b61
serial = "A17"
dedup_ms = 300
  [[devices.prefix]]
  before = "A"
  bars = "code39"
[[devices]]
id = "L1"
path = "/dev/ttyS0"
framing = "stx_etx"
baud = 115200
bad_beep_hex = "1B42"
[[devices]]
id = "W1"
path = "/dev/ttyS1"
use = "scale"
[[devices]]
id = "P1"
port = "0000:00:14.0/1.2"
use = "printer"
owner = "bridge"
[[devices]]
vid = 0x1234
use = "keyboard"
layout = "jis"
[[devices]]
vid = 0x4321
use = "ignored"
)");
    REQUIRE(settings);
    const auto& devices = settings.value().devices;
    CHECK(settings.value().station == "B1");
    CHECK(settings.value().idle_session == std::chrono::minutes{10});
    CHECK(settings.value().has_usb);
    REQUIRE(devices.size() == 6);
    CHECK(devices[0].match == Match{0x0c2e, 0x0b61, "A17", std::nullopt});
    CHECK(devices[0].dedup == std::chrono::milliseconds{300});
    CHECK(devices[0].prefixes[0] == decode::PrefixRule{"A", "", domain::Symbology::code39});
    CHECK(devices[1].line->bad_beep ==
          "\x1b"
          "B");
    CHECK(devices[1].line->baud == 115'200);
    CHECK(devices[2].line->role == device::LineRole::scale);
    CHECK(serial_lines(devices).size() == 2);
    const auto usb = usb_options(devices);
    CHECK(usb.printers == std::vector<device::UsbMatch>{{0, 0, "", "0000:00:14.0/1.2"}});
    REQUIRE(usb.keyboards.size() == 1);
    CHECK(usb.keyboards[0].match == device::UsbMatch{0x1234, 0, "", ""});
    CHECK(evdev_rules(settings.value())[0].layout == decode::KeyLayout::jis);
    CHECK(usb.ignored == std::vector<device::UsbMatch>{{0x4321, 0, "", ""}});
    CHECK(devices[4].layout == decode::KeyLayout::jis);
}

TEST_CASE("a typing scanner on USB is grabbed from the kernel only when USB devices are not looked for") {
    Settings settings;
    settings.devices.push_back({.match = {0x1234, {}, {}, {}}, .is_keyboard = true});
    settings.has_usb = true;
    CHECK_FALSE(evdev_rules(settings)[0].even_on_usb);
    settings.has_usb = false;
    CHECK(evdev_rules(settings)[0].even_on_usb);
}

TEST_CASE("what is wrong is named with its record and its key") {
    const std::string one = "[[devices]]\nid = \"S1\"\npath = \"/dev/ttyS0\"\n";
    CHECK(refusal("sation = \"B1\"") == "bridge.toml: sation is no setting of ours");
    CHECK(holds(refusal(one + "[[devices]]\npath = \"/dev/ttyS1\"\nframing = \"crlf\""),
                "[[devices]] 2: framing must be one of: line, cr, lf, stx_etx"));
    CHECK(holds(refusal(one + "speed = 9600"), "speed is no setting"));
    CHECK(holds(refusal(one + "baud = \"9600\""), "baud must be a whole number"));
    CHECK(holds(refusal(one + "baud = 9601"), "baud is no speed"));
    CHECK(holds(refusal(one + "good_beep_hex = \"1B 42\""), "good_beep_hex must be pairs"));
    CHECK(holds(refusal("[[devices]]\nid = \"S1\""), "which device?"));
    CHECK(holds(refusal("[[devices]]\nvid = 70000"), "vid must be 0 to 65535"));
    CHECK(holds(refusal("[[devices]]\nvid = 1\nbaud = 9600"), "baud is only for a serial line"));
    CHECK(holds(refusal("[[devices]]\nvid = 1\nowner = \"bridge\""), "owner is only for"));
    CHECK(holds(refusal(one + "vid = 1"), "are for USB"));
    CHECK(holds(refusal(one + "use = \"printer\""), "use of a path"));
    CHECK(holds(refusal(one + one), "bridge.toml: devices: two devices are called S1"));
    CHECK(holds(refusal("station = \"b1\""), "station must be 1 to 20 of 0-9 A-Z"));
    CHECK(holds(refusal("station = \"KDB 1\""), "station must be"));
    CHECK(holds(refusal("[[devices]]\npath = \"\""), "path must begin with /"));
    CHECK(holds(refusal("[[devices]]\npath = \"ttyS0\""), "path must begin with /"));
    CHECK(holds(refusal("[[devices]]\nvid = 1\nid = \"S1\\nS2\""), "id must be"));
    CHECK(holds(refusal("[devices]\nid = \"S1\""), "devices is a list: write [[devices]]"));
    CHECK(holds(refusal(one + "[[devices.prefix]]\nbefore = \"A\"\nbars = \"han_xin\""), "bars must be"));
    CHECK(holds(refusal(one + "[[devices.prefix]]\nbars = \"code39\""), "before or after is needed"));
}

TEST_CASE("the example of deploy/ is right, as shipped and with every record of it switched on") {
    const std::string path = std::string(KENPIN_SOURCE_ROOT) + "/deploy/bridge.toml";
    CHECK(read_settings(path));
    std::ifstream file(path);
    std::string all;
    bool is_record = false;
    for (std::string line; std::getline(file, line);) {
        is_record = is_record || line.starts_with("# [[devices]]");
        all += (is_record && line.starts_with("#") ? line.substr(1) : line) + "\n";
    }
    const auto settings = read(all);
    REQUIRE(settings);
    CHECK(settings.value().devices.size() == 6);
}

TEST_CASE("a camera is named by its path") {
    const auto settings = read("[[devices]]\nid = \"C1\"\npath = \"/dev/video0\"\nuse = \"camera\"\n");
    REQUIRE(settings);
    CHECK(camera_paths(settings.value().devices) == std::vector<std::string>{"/dev/video0"});
    CHECK(serial_lines(settings.value().devices).empty());
    CHECK(holds(refusal("[[devices]]\nuse = \"camera\"\nvid = 1\n"), "path"));
    CHECK(holds(refusal("[[devices]]\nuse = \"camera\"\npath = \"/dev/video0\"\nbaud = 9600\n"), "baud"));
    CHECK(holds(refusal("[[devices]]\nuse = \"camera\"\npath = \"/dev/video0\"\n"
                        "[[devices]]\nuse = \"camera\"\npath = \"/dev/video0\"\n"),
                "/dev/video0"));
}
