#include "firmware-bridge/decode/hid_pos.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "tests/support/hid_devices.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using domain::Symbology;
using test::hex;
using test::scan_report;

namespace {

HidPosReader reader_of(const std::string& descriptor, std::uint16_t vid = 0, std::uint16_t pid = 0) {
    auto reader = HidPosReader::for_device(parse_hid_descriptor(descriptor).value(), quirk_of(vid, pid));
    REQUIRE(reader);
    return *reader;
}

HidPosReader usual_reader() {
    return reader_of(test::scanner_descriptor());
}

/// A code in reports of at most `portion` bytes, as a scanner sends it.
std::vector<std::string> reports_of(std::string_view aim, std::string_view code, std::size_t portion = 56) {
    std::vector<std::string> reports;
    do {
        const auto part = code.substr(0, portion);
        code.remove_prefix(part.size());
        reports.push_back(scan_report(aim, part, !code.empty()));
    } while (!code.empty());
    return reports;
}

std::string bytes_of(const HidPosRead& read) {
    return read.scan ? read.scan->bytes : "(nothing)";
}

}  // namespace

TEST_CASE("one report is one scan with its bars") {
    auto reader = usual_reader();
    const auto read = reader.take(scan_report("]E0", "4901234567894"));
    REQUIRE(read.scan);
    CHECK(read.scan->bytes == "4901234567894");
    CHECK(read.scan->aim == "]E0");
    CHECK(read.scan->symbology == Symbology::ean13);
    CHECK_FALSE(reader.is_inside());
}

TEST_CASE("a code longer than a report comes in several and is one scan") {
    auto reader = usual_reader();
    const std::string code = "01049012345678941725123110LOT-2026-11\x1d" + std::string(40, '7');
    const auto reports = reports_of("]C1", code);
    REQUIRE(reports.size() == 2);
    CHECK_FALSE(reader.take(reports[0]).scan);
    CHECK(reader.is_inside());
    CHECK(bytes_of(reader.take(reports[1])) == code);
}

TEST_CASE("empty transfers and reports of other ids are nothing") {
    auto reader = usual_reader();
    CHECK_FALSE(reader.take("").scan);
    CHECK_FALSE(reader.take(hex("03 01 00")).scan);
    CHECK_FALSE(reader.take(scan_report("]E0", "")).scan);
    CHECK(bytes_of(reader.take(scan_report("]E0", "1"))) == "1");
}

TEST_CASE("half a scan is dropped after silence, and the next one is whole") {
    auto reader = usual_reader();
    (void)reader.take(scan_report("]Q1", "half of it", true));
    CHECK(reader.silence());
    CHECK_FALSE(reader.silence());
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894"))) == "4901234567894");
}

TEST_CASE("after a failed transfer the rest of the scan is no scan") {
    auto reader = usual_reader();
    (void)reader.take(scan_report("]Q1", "first ", true));
    CHECK(reader.error());
    CHECK_FALSE(reader.take(scan_report("]Q1", "third ", true)).scan);
    CHECK_FALSE(reader.take(scan_report("]Q1", "4901234567894")).scan);
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894"))) == "4901234567894");
}

TEST_CASE("when the failed transfer was the last of a scan, silence makes the next one count") {
    auto reader = usual_reader();
    (void)reader.take(scan_report("]Q1", "first ", true));
    CHECK(reader.error());
    CHECK(reader.is_inside());
    CHECK_FALSE(reader.silence());
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894"))) == "4901234567894");
}

TEST_CASE("a failed transfer between scans costs none") {
    auto reader = usual_reader();
    CHECK_FALSE(reader.error());
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894"))) == "4901234567894");
}

TEST_CASE("a scan of other bars does not join the one that was cut off") {
    auto reader = usual_reader();
    (void)reader.take(scan_report("]Q1", "half of it", true));
    const auto read = reader.take(scan_report("]E0", "4901234567894"));
    CHECK(read.half_scan);
    CHECK(bytes_of(read) == "4901234567894");
}

TEST_CASE("a length beyond the report is a report that contradicts itself") {
    auto reader = usual_reader();
    auto report = scan_report("]E0", "4901234567894");
    report[1] = 57;
    CHECK(reader.take(report).malformed);
    CHECK(reader.take(scan_report("]E0", "4901234567894").substr(0, 12)).malformed);
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894"))) == "4901234567894");
}

TEST_CASE("a scan beyond all length is skipped to its end") {
    auto reader = usual_reader();
    int too_long = 0;
    for (std::size_t sent = 0; sent < 2 * limits::scan_bytes; sent += 56) {
        const auto read = reader.take(scan_report("]Q1", std::string(56, '9'), true));
        CHECK_FALSE(read.scan);
        too_long += read.too_long ? 1 : 0;
    }
    CHECK(too_long == 1);
    CHECK_FALSE(reader.take(scan_report("]Q1", "the end")).scan);
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894"))) == "4901234567894");
}

TEST_CASE("a CR or LF that the device leaves behind the code is not part of it") {
    auto reader = usual_reader();
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894\r"))) == "4901234567894");
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894\r\n"))) == "4901234567894");
    CHECK(bytes_of(reader.take(scan_report("]E0", "4901234567894\n"))) == "4901234567894");
    CHECK_FALSE(reader.take(scan_report("]E0", "\r")).scan);
}

TEST_CASE("an identifier that begins one byte later is found, and the code behind it") {
    auto reader = usual_reader();
    std::string report(64, '\0');
    report[0] = 2;
    report[1] = 13;
    report.replace(3, 16, "]E04901234567894");
    const auto read = reader.take(report);
    REQUIRE(read.scan);
    CHECK(read.scan->aim == "]E0");
    CHECK(read.scan->bytes == "4901234567894");
}

TEST_CASE("bars that AIM does not name keep their identifier out of the code") {
    auto reader = usual_reader();
    const auto read = reader.take(scan_report("]Y9", "ABC"));
    REQUIRE(read.scan);
    CHECK(read.scan->symbology == Symbology::unknown);
    CHECK(read.scan->bytes == "ABC");
}

TEST_CASE("a Honeywell without identifiers names the bars by its own letter") {
    auto honeywell = reader_of(test::scanner_descriptor(), 0x0C2E, 0x0B61);
    auto report = scan_report("", "1725123110A");
    report[61] = '|';
    CHECK(honeywell.take(report).scan->symbology == Symbology::gs1_128);
    CHECK(usual_reader().take(report).scan->symbology == Symbology::unknown);

    auto with_both = scan_report("]E0", "4901234567894");
    with_both[61] = 'j';
    CHECK(honeywell.take(with_both).scan->symbology == Symbology::ean13);
}

TEST_CASE("scanners without usages send a length and the code") {
    auto symbol = reader_of(test::plain_scanner_descriptor(false), 0x05E0, 0x0600);
    auto report = std::string("\x0D") + "4901234567894";
    report.resize(64, '\0');
    CHECK(bytes_of(symbol.take(report)) == "4901234567894");

    auto microscan = reader_of(test::plain_scanner_descriptor(true), 0x0CA6, 0x0001);
    auto with_id = std::string("\x01\x08") + "]C0A-0103";
    with_id[1] = 9;
    with_id.resize(64, '\0');
    const auto read = microscan.take(with_id);
    REQUIRE(read.scan);
    CHECK(read.scan->bytes == "A-0103");
    CHECK(read.scan->symbology == Symbology::code128);
    with_id[1] = 63;
    CHECK(microscan.take(with_id).malformed);
}

TEST_CASE("a vendor page without a quirk is no scanner of ours") {
    const auto reports = parse_hid_descriptor(test::plain_scanner_descriptor(false)).value();
    CHECK_FALSE(HidPosReader::for_device(reports, quirk_of(0x1234, 1)));
}

TEST_CASE("a code gives the same scan however it is portioned into reports") {
    test::holds("any split", [] {
        const auto code =
            *rc::gen::suchThat(rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~')),
                               [](const std::string& text) { return !text.empty(); });
        auto reader = usual_reader();
        std::string_view rest = code;
        while (!rest.empty()) {
            const auto size = std::min<std::size_t>(*rc::gen::inRange<std::size_t>(1, 57), rest.size());
            const bool is_last = size == rest.size();
            const auto read = reader.take(scan_report("]Q1", rest.substr(0, size), !is_last));
            RC_ASSERT(read.scan.has_value() == is_last);
            if (is_last) RC_ASSERT(read.scan->bytes == code);
            rest.remove_prefix(size);
        }
    });
}

TEST_CASE("whatever came before, after silence a whole scan is read") {
    test::holds("silence clears", [](const std::vector<std::string>& rubbish) {
        auto reader = usual_reader();
        for (const auto& report : rubbish) (void)reader.take("\x02" + report);
        (void)reader.silence();
        RC_ASSERT(bytes_of(reader.take(scan_report("]E0", "4901234567894"))) == "4901234567894");
    });
}
