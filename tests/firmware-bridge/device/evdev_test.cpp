#include "firmware-bridge/device/evdev.hpp"

#include <filesystem>

#include <doctest/doctest.h>
#include <linux/input.h>
#include <unistd.h>

using namespace kenpin;
using namespace kenpin::device;
using Codes = std::vector<std::string>;

namespace {

std::string record(std::uint16_t type, std::uint16_t code, std::int32_t value) {
    input_event event{};
    event.type = type;
    event.code = code;
    event.value = value;
    return {reinterpret_cast<const char*>(&event), sizeof event};
}

std::string pressed(std::uint16_t code) {
    return record(EV_MSC, MSC_SCAN, 0x70004) + record(EV_KEY, code, 1) + record(EV_SYN, SYN_REPORT, 0) +
           record(EV_KEY, code, 2) + record(EV_KEY, code, 0) + record(EV_SYN, SYN_REPORT, 0);
}

EvdevReader usual_reader() {
    return {decode::KeyLayout::us, decode::KeyScanEnd::terminator};
}

Codes codes_of(const EvdevReader::Read& read) {
    Codes codes;
    for (const auto& scan : read.scans) codes.push_back(scan.bytes);
    return codes;
}

const EvdevIdentity scanner{{0x04DA, 0x1160, "SN1", "Scanner", "usb-0000:00:14.0-2/input0"}, false};

}  // namespace

TEST_CASE("keys of the kernel become a scan; a key held long counts once") {
    auto reader = usual_reader();
    CHECK(codes_of(reader.take(pressed(KEY_4) + pressed(KEY_9) + pressed(KEY_ENTER))) == Codes{"49"});
}

TEST_CASE("Shift and Control are held while the scanner holds them") {
    auto reader = usual_reader();
    const auto bytes = record(EV_KEY, KEY_LEFTSHIFT, 1) + pressed(KEY_A) + record(EV_KEY, KEY_LEFTSHIFT, 0) +
                       record(EV_KEY, KEY_LEFTCTRL, 1) + pressed(KEY_RIGHTBRACE) +
                       record(EV_KEY, KEY_LEFTCTRL, 0) + pressed(KEY_B) + pressed(KEY_TAB);
    CHECK(codes_of(reader.take(bytes)) == Codes{"A\x1d"
                                                "b"});
}

TEST_CASE("a scan in several reads is one scan, two in one read are two") {
    auto reader = usual_reader();
    CHECK(codes_of(reader.take(pressed(KEY_4))).empty());
    CHECK(reader.is_inside());
    CHECK(codes_of(reader.take(pressed(KEY_ENTER) + pressed(KEY_9) + pressed(KEY_ENTER))) == Codes{"4", "9"});
}

TEST_CASE("when the kernel lost events, what was begun is dropped to its end") {
    auto reader = usual_reader();
    (void)reader.take(pressed(KEY_4));
    CHECK(reader.take(record(EV_SYN, SYN_DROPPED, 0)).half_scan);
    CHECK(codes_of(reader.take(pressed(KEY_9) + pressed(KEY_ENTER))).empty());
    CHECK(codes_of(reader.take(pressed(KEY_9) + pressed(KEY_ENTER))) == Codes{"9"});
}

TEST_CASE("half a scan is dropped after silence") {
    auto reader = usual_reader();
    (void)reader.take(pressed(KEY_4));
    CHECK(reader.silence().half_scan);
    CHECK_FALSE(reader.is_inside());
}

TEST_CASE("only what a rule means is taken from the desktop") {
    const auto takes = [](const UsbMatch& match) { return rule_for({EvdevRule{match}}, scanner) != nullptr; };
    CHECK(takes({0x04DA, 0x1160, {}, {}}));
    CHECK(takes({0, 0, "SN1", {}}));
    CHECK(takes({0, 0, {}, "usb-0000:00:14.0-2/input0"}));
    CHECK_FALSE(takes({0x04DA, 0x1161, {}, {}}));
    CHECK_FALSE(takes({}));  // a rule that names nothing would take every keyboard
    CHECK(rule_for({}, scanner) == nullptr);
}

TEST_CASE("what hangs on USB is left to libusb, unless nobody uses that") {
    const EvdevIdentity on_usb{scanner.device, true};
    EvdevRule rule{{0x04DA, 0x1160, {}, {}}};
    CHECK(rule_for({rule}, on_usb) == nullptr);
    rule.even_on_usb = true;
    CHECK(rule_for({rule}, on_usb) != nullptr);
}

TEST_CASE("without rules nothing is looked for, and without the folder it is looked for again later") {
    EvdevKeyboards none({}, "/nowhere");
    CHECK(none.next_wake() == Mono::max());
    EvdevKeyboards keyboards({EvdevRule{{0x04DA, 0, {}, {}}}}, "/nowhere");
    CHECK(keyboards.turn(Mono{} + Millis{1}, 10).empty());
    CHECK(keyboards.next_wake() == Mono{} + Millis{1} + EvdevKeyboards::look_again);
    CHECK(keyboards.watched(10).empty());
}

TEST_CASE("a node that is no input device is left alone") {
    const auto folder = std::filesystem::temp_directory_path() / ("kenpin-evdev-" + std::to_string(getpid()));
    std::filesystem::create_directory(folder);
    std::fclose(std::fopen((folder / "event0").c_str(), "w"));
    EvdevKeyboards keyboards({EvdevRule{{0x04DA, 0, {}, {}}}}, folder.string());
    CHECK(keyboards.turn(Mono{} + Millis{1}, 10).empty());
    CHECK(keyboards.watched(10).size() == 1);  // the folder
    std::filesystem::remove_all(folder);
}
