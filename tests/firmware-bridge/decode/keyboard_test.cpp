#include "firmware-bridge/decode/keyboard.hpp"

#include <doctest/doctest.h>
#include <linux/input-event-codes.h>

#include "core/base/limits.hpp"
#include "tests/firmware-bridge/decode/typing.hpp"
#include "tests/support/hid_devices.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using test::hex;
using Codes = std::vector<std::string>;

namespace {

Codes codes_of(const std::vector<KeyEvent>& events, KeyLayout layout = KeyLayout::us) {
    KeyScans scans(layout);
    Codes codes;
    for (const auto& event : events)
        if (const auto scanned = scans.take(event); scanned.scan)
            codes.push_back(scanned.scan->aim + scanned.scan->bytes);
    return codes;
}

Codes read_reports(HidKeyboardReader reader, const std::vector<std::string>& reports) {
    std::vector<KeyEvent> events;
    for (const auto& report : reports)
        for (const auto& event : reader.take(report)) events.push_back(event);
    return codes_of(events);
}

HidKeyboardReader reader_of(const std::string& descriptor) {
    auto reader = HidKeyboardReader::for_device(parse_hid_descriptor(descriptor).value());
    REQUIRE(reader);
    return *reader;
}

void press(std::vector<KeyEvent>& events, std::uint8_t usage) {
    events.push_back({usage, true});
    events.push_back({usage, false});
}

/// A GS typed as Alt and its number on the keypad.
std::vector<KeyEvent> alt_code(const std::string& digits) {
    std::vector<KeyEvent> events{{key::left_alt, true}};
    for (const char digit : digits)
        press(events,
              digit == '0' ? key::keypad_0 : static_cast<std::uint8_t>(key::keypad_1 + (digit - '1')));
    events.push_back({key::left_alt, false});
    return events;
}

constexpr std::string_view all_characters =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

}  // namespace

TEST_CASE("every character of a code is typed and read on both layouts") {
    for (const auto layout : {KeyLayout::us, KeyLayout::jis}) {
        const auto text = std::string(all_characters);
        CHECK(codes_of(test::typed(text + "\r", layout), layout) == Codes{text});
    }
}

TEST_CASE("the same key types another character on the other layout") {
    CHECK(character(KeyLayout::us, 0x2F, false) == '[');
    CHECK(character(KeyLayout::jis, 0x2F, false) == '@');
    CHECK(character(KeyLayout::us, 0x1F, true) == '@');
    CHECK(character(KeyLayout::jis, 0x1F, true) == '"');
}

TEST_CASE("CR, LF and TAB end a scan, repeats count, empty ones are nothing") {
    CHECK(codes_of(test::typed("4900000000011\r\r\n49\tA-01\n", KeyLayout::us)) ==
          Codes{"4900000000011", "49", "A-01"});
}

TEST_CASE("a typed AIM identifier names the bars") {
    KeyScans scans(KeyLayout::us);
    KeyScanned last;
    for (const auto& event : test::typed("]C1104711\r", KeyLayout::us))
        if (auto got = scans.take(event); got.scan) last = got;
    REQUIRE(last.scan);
    CHECK(last.scan->symbology == domain::Symbology::gs1_128);
    CHECK(last.scan->bytes == "104711");
}

TEST_CASE("Control and ] is the group separator on both layouts") {
    for (const auto layout : {KeyLayout::us, KeyLayout::jis})
        CHECK(codes_of(test::typed("10ABC\x1d"
                                   "3705\r",
                                   layout),
                       layout) == Codes{"10ABC\x1d"
                                        "3705"});
}

TEST_CASE("Alt with a number on the keypad is that character, once Alt is let go") {
    for (const auto* digits : {"29", "029", "0029"}) {
        auto events = test::typed("10ABC", KeyLayout::us);
        for (const auto& event : alt_code(digits)) events.push_back(event);
        for (const auto& event : test::typed("37\r", KeyLayout::us)) events.push_back(event);
        CHECK(codes_of(events) == Codes{"10ABC\x1d"
                                        "37"});
    }
}

TEST_CASE("an Alt code that is no byte, and Alt alone, type nothing") {
    auto events = alt_code("999");
    for (const auto& event : alt_code("")) events.push_back(event);
    for (const auto& event : test::typed("1\r", KeyLayout::us)) events.push_back(event);
    CHECK(codes_of(events) == Codes{"1"});
}

TEST_CASE("a scanner that toggles Caps Lock types capitals until its scan ends") {
    std::vector<KeyEvent> events;
    press(events, key::caps_lock);
    for (const auto& event : test::typed("ab1\rab\r", KeyLayout::us)) events.push_back(event);
    CHECK(codes_of(events) == Codes{"AB1", "ab"});
}

TEST_CASE("the keypad types digits and ends a scan") {
    std::vector<KeyEvent> events;
    for (const auto usage : {key::keypad_1, key::keypad_0, key::keypad_enter}) press(events, usage);
    CHECK(codes_of(events) == Codes{"10"});
}

TEST_CASE("half a scan is dropped when the scanner falls silent") {
    KeyScans scans(KeyLayout::us);
    for (const auto& event : test::typed("490123", KeyLayout::us)) (void)scans.take(event);
    CHECK(scans.is_inside());
    CHECK(scans.silence().half_scan);
    CHECK_FALSE(scans.is_inside());
    CHECK_FALSE(scans.silence().half_scan);
}

TEST_CASE("a scanner told to end by a pause gives its scan after the pause") {
    KeyScans scans(KeyLayout::us, KeyScanEnd::gap);
    for (const auto& event : test::typed("4901234567894", KeyLayout::us)) (void)scans.take(event);
    const auto scanned = scans.silence();
    REQUIRE(scanned.scan);
    CHECK(scanned.scan->bytes == "4901234567894");
    CHECK_FALSE(scans.silence().scan);
}

TEST_CASE("a scan beyond all length is skipped to its end and said once") {
    KeyScans scans(KeyLayout::us);
    int too_long = 0;
    Codes codes;
    for (const auto& event :
         test::typed(std::string(limits::scan_bytes + 10, '9') + "\r49\r", KeyLayout::us)) {
        const auto scanned = scans.take(event);
        too_long += scanned.too_long ? 1 : 0;
        if (scanned.scan) codes.push_back(scanned.scan->bytes);
    }
    CHECK(too_long == 1);
    CHECK(codes == Codes{"49"});
}

TEST_CASE("when keys were lost, the rest of the scan is no scan and no Shift stays held") {
    KeyScans scans(KeyLayout::us);
    for (const auto& event : test::typed("4901", KeyLayout::us)) (void)scans.take(event);
    (void)scans.take({key::left_shift, true});
    CHECK(scans.error().half_scan);
    for (const auto& event : test::typed("4567894\r", KeyLayout::us)) CHECK_FALSE(scans.take(event).scan);
    Codes codes;
    for (const auto& event : test::typed("a-1\r", KeyLayout::us))
        if (const auto scanned = scans.take(event); scanned.scan) codes.push_back(scanned.scan->bytes);
    CHECK(codes == Codes{"a-1"});
}

TEST_CASE("boot reports are keys with their modifiers") {
    const std::vector<std::string> reports = {
        hex("02 00 04 00 00 00 00 00"),  // Shift A
        hex("00 00 00 00 00 00 00 00"),
        hex("00 00 1E 00 00 00 00 00"),  // 1
        hex("00 00 1F 00 00 00 00 00"),  // 2, without letting go in between
        hex("00 00 1F 20 00 00 00 00"),  // 3 while 2 is down
        hex("00 00 28 00 00 00 00 00"),  // Enter
    };
    CHECK(read_reports(HidKeyboardReader::boot(), reports) == Codes{"A123"});
    CHECK(read_reports(reader_of(test::boot_keyboard_descriptor()), reports) == Codes{"A123"});
}

TEST_CASE("a report with a bit for each key is the same keys") {
    std::string a(16, '\0'), enter(16, '\0'), nothing(16, '\0');
    a[0] = enter[0] = nothing[0] = 1;
    a[1] = 2;  // left Shift
    a[2] = 1;  // 0x04
    enter[2 + (0x28 - 4) / 8] = 1 << ((0x28 - 4) % 8);
    CHECK(read_reports(reader_of(test::nkro_keyboard_descriptor()), {a, nothing, a, nothing, enter}) ==
          Codes{"AA"});
}

TEST_CASE("too many keys at once change nothing, short reports neither") {
    const std::vector<std::string> reports = {
        hex("00 00 1E 00 00 00 00 00"), hex("00 00 01 01 01 01 01 01"), hex("00 00 1E"), "",
        hex("00 00 1E 28 00 00 00 00"),
    };
    CHECK(read_reports(HidKeyboardReader::boot(), reports) == Codes{"1"});
}

TEST_CASE("after an error nothing stays pressed") {
    auto reader = HidKeyboardReader::boot();
    (void)reader.take(hex("02 00 1E 00 00 00 00 00"));
    CHECK(reader.release_all() == std::vector<KeyEvent>{{0x1E, false}, {key::left_shift, false}});
    CHECK(reader.release_all().empty());
}

TEST_CASE("a device without keys is no keyboard") {
    CHECK_FALSE(HidKeyboardReader::for_device(parse_hid_descriptor(test::scanner_descriptor()).value()));
}

TEST_CASE("the kernel's key codes are the same keys") {
    CHECK(usage_of_linux_key(KEY_A) == 0x04);
    CHECK(usage_of_linux_key(KEY_1) == 0x1E);
    CHECK(usage_of_linux_key(KEY_0) == 0x27);
    CHECK(usage_of_linux_key(KEY_ENTER) == key::enter);
    CHECK(usage_of_linux_key(KEY_TAB) == key::tab);
    CHECK(usage_of_linux_key(KEY_RIGHTBRACE) == 0x30);
    CHECK(usage_of_linux_key(KEY_BACKSLASH) == 0x31);
    CHECK(usage_of_linux_key(KEY_RO) == 0x87);
    CHECK(usage_of_linux_key(KEY_YEN) == 0x89);
    CHECK(usage_of_linux_key(KEY_KP0) == key::keypad_0);
    CHECK(usage_of_linux_key(KEY_KP7) == 0x5F);
    CHECK(usage_of_linux_key(KEY_KPENTER) == key::keypad_enter);
    CHECK(usage_of_linux_key(KEY_LEFTCTRL) == key::left_control);
    CHECK(usage_of_linux_key(KEY_RIGHTSHIFT) == key::right_shift);
    CHECK(usage_of_linux_key(KEY_RIGHTALT) == key::right_alt);
    CHECK(usage_of_linux_key(KEY_CAPSLOCK) == key::caps_lock);
    CHECK_FALSE(usage_of_linux_key(KEY_RESERVED));
    CHECK_FALSE(usage_of_linux_key(0x2FF));
}

TEST_CASE("no two keys of the kernel are one key of ours") {
    std::map<std::uint8_t, int> seen;
    for (std::uint16_t code = 0; code < 0x300; ++code)
        if (const auto usage = usage_of_linux_key(code)) ++seen[*usage];
    for (const auto& [usage, times] : seen) {
        INFO(int(usage));
        CHECK(times == 1);
    }
    CHECK(seen.size() > 100);
}

TEST_CASE("any text that can be typed is read as typed, whatever the reports hold at once") {
    test::holds("typed = read", [] {
        const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '\x7f'));
        const auto layout = *rc::gen::element(KeyLayout::us, KeyLayout::jis);
        const auto codes = codes_of(test::typed(text + "\r", layout), layout);
        Codes wanted;
        if (!text.empty()) wanted.push_back(text);
        RC_ASSERT(codes == wanted);
    });
}

TEST_CASE("events and boot reports of one typing give the same scan") {
    test::holds("the same", [] {
        const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '\x7f')) + "\r";
        RC_ASSERT(
            read_reports(HidKeyboardReader::boot(), test::boot_reports(test::typed(text, KeyLayout::us))) ==
            codes_of(test::typed(text, KeyLayout::us)));
    });
}
