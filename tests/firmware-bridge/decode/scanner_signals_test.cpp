#include "firmware-bridge/decode/scanner_signals.hpp"

#include <doctest/doctest.h>

#include "tests/support/hid_devices.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using test::hex;

namespace {

ScannerSignals signals_of(const std::string& descriptor, std::uint16_t vid = 0) {
    return ScannerSignals::for_device(parse_hid_descriptor(descriptor).value(), quirk_of(vid, 1));
}

std::vector<std::string> bytes_of(const std::vector<HidHostReport>& reports) {
    std::vector<std::string> all;
    for (const auto& report : reports) {
        CHECK(report.direction == HidDirection::output);
        CHECK(report.report_id == 4);
        all.push_back(report.bytes);
    }
    return all;
}

using Bytes = std::vector<std::string>;

void check_report_4(ScannerSignals signals) {
    CHECK(bytes_of(signals.good_beep()) == Bytes{hex("04 40")});
    CHECK(bytes_of(signals.bad_beep()) == Bytes{hex("04 20")});
    CHECK(bytes_of(signals.set_trigger(true)) == Bytes{hex("04 04")});
    CHECK(bytes_of(signals.set_trigger(false)) == Bytes{hex("04 02"), hex("04 00")});
    CHECK(bytes_of(signals.set_blocked(true)) == Bytes{hex("04 02")});
    CHECK(bytes_of(signals.bad_beep()) == Bytes{hex("04 22")});  // still blocked
    CHECK(bytes_of(signals.set_trigger(false)) == Bytes{hex("04 02"), hex("04 02")});
    CHECK(bytes_of(signals.set_blocked(false)) == Bytes{hex("04 00")});
    CHECK(bytes_of(signals.good_beep()) == Bytes{hex("04 40")});
}

}  // namespace

TEST_CASE("tones, trigger and block are found through the descriptor") {
    check_report_4(signals_of(test::talking_scanner_descriptor()));
}

TEST_CASE("a known device that does not declare them is asked by the convention of report 4") {
    check_report_4(signals_of(test::scanner_descriptor(), 0x0C2E));
}

TEST_CASE("a scanner that neither declares them nor is known cannot") {
    auto signals = signals_of(test::scanner_descriptor());
    CHECK_FALSE(signals.can_beep());
    CHECK_FALSE(signals.can_trigger());
    CHECK_FALSE(signals.can_block());
    CHECK(signals.bad_beep().empty());
    CHECK(signals.set_trigger(false).empty());
    CHECK(signals.set_blocked(true).empty());
}

TEST_CASE("the length of report 4 is the device's own") {
    const auto longer = hex("05 8C 09 02 A1 01 85 04 06 00 FF 09 01 15 00 25 FF 75 08 95 03 91 02 C0");
    CHECK(bytes_of(signals_of(longer, 0x0C2E).bad_beep()) == Bytes{hex("04 20 00 00")});
}
