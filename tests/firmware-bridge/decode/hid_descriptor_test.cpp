#include "firmware-bridge/decode/hid_descriptor.hpp"

#include <doctest/doctest.h>

#include "firmware-bridge/decode/hid_report.hpp"
#include "tests/support/hid_devices.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using test::hex;

namespace {

HidReports parsed(const std::string& descriptor) {
    return parse_hid_descriptor(descriptor).value();
}

HidPlace input_place(const HidReports& reports, std::uint16_t page, std::uint16_t id) {
    const auto place = place_of(reports, HidDirection::input, {page, id});
    REQUIRE(place);
    return *place;
}

}  // namespace

TEST_CASE("a scanner's descriptor says where the code, its length and its bars lie") {
    const auto reports = parsed(test::scanner_descriptor());
    CHECK(reports.have_ids);
    CHECK(reports.is_for({hid_page::bar_code_scanner, 0x02}));
    CHECK(report_size(reports, HidDirection::input, 2) == 64);
    CHECK(longest_report(reports, HidDirection::input) == 64);
    CHECK(longest_report(reports, HidDirection::output) == 0);

    const auto report = test::scan_report("]E0", "4901234567894", true);
    CHECK(value_at(input_place(reports, 0x01, 0x3B), report) == 13);
    CHECK(value_at(input_place(reports, 0x8C, 0xFC), report) == 'E');
    const auto data = input_place(reports, 0x8C, 0xFE);
    CHECK(data.count == 56);
    CHECK(bytes_at(data, report).substr(0, 13) == "4901234567894");
    CHECK(is_on(input_place(reports, 0x8C, 0xFF), report));
}

TEST_CASE("a scale's exponent is signed, its weight is not, its status is one of a list") {
    const auto reports = parsed(test::scale_descriptor());
    const auto report = hex("03 04 02 FF FF FF");
    CHECK(value_at(input_place(reports, 0x8D, 0x41), report) == -1);
    CHECK(value_at(input_place(reports, 0x8D, 0x40), report) == 0xFFFF);
    CHECK(is_on(input_place(reports, 0x8D, 0x74), report));
    CHECK_FALSE(is_on(input_place(reports, 0x8D, 0x72), report));
    CHECK(is_on(input_place(reports, 0x8D, 0x52), report));
}

TEST_CASE("a report of another id, a short one and an empty one have no values") {
    const auto reports = parsed(test::scale_descriptor());
    const auto weight = input_place(reports, 0x8D, 0x40);
    CHECK_FALSE(value_at(weight, hex("02 04 02 FF 39 30")));
    CHECK_FALSE(value_at(weight, hex("03 04 02 FF 39")));
    CHECK_FALSE(value_at(weight, ""));
    CHECK(value_at(weight, hex("03 04 02 FF 39 30 00 00")) == 12'345);  // padded to the packet
}

TEST_CASE("a report to set has the device's length and only the wanted bit") {
    const auto reports = parsed(test::talking_scanner_descriptor());
    const auto place = place_of(reports, HidDirection::output, {hid_page::bar_code_scanner, 0x85});
    REQUIRE(place);
    auto report = blank_report(reports, *place);
    CHECK(report.bytes == hex("04 00"));
    switch_on(report, *place);
    CHECK(report.bytes == hex("04 20"));
}

TEST_CASE("PUSH and POP keep what was set, and a usage of four bytes brings its own page") {
    const auto reports =
        parsed(hex("05 8C 09 02 A1 01 75 08 95 01 15 00 26 FF 00 A4 75 10 05 8D B4"
                   "0B FE 00 8C 00 81 02 09 FF 81 02 C0"));
    REQUIRE(reports.fields.size() == 2);
    CHECK(reports.fields[0].bit_size == 8);
    CHECK(reports.fields[0].number_of({0x8C, 0xFE}) == 0);
    CHECK(reports.fields[1].number_of({0x8C, 0xFF}) == 0);
    CHECK(reports.fields[1].bit_offset == 8);
    CHECK(reports.fields[0].logical_max == 255);
}

TEST_CASE("long items are passed over") {
    const auto reports = parsed(hex("FE 02 00 11 22 05 8C 09 02 A1 01 C0"));
    CHECK(reports.is_for({hid_page::bar_code_scanner, 0x02}));
}

TEST_CASE("a descriptor cut anywhere inside is refused or describes nothing") {
    const auto whole = test::talking_scanner_descriptor();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto reports = parse_hid_descriptor(std::string_view(whole).substr(0, size));
        CHECK((!reports || reports.value().fields.empty()));
    }
}

TEST_CASE("what passes a limit is refused by name") {
    const auto refusal = [](const std::string& descriptor) {
        const auto reports = parse_hid_descriptor(descriptor);
        return reports ? std::string() : reports.error().detail;
    };
    const auto repeated = [](const std::string& item, std::size_t times) {
        std::string all;
        for (std::size_t i = 0; i < times; ++i) all += item;
        return all;
    };
    CHECK(refusal(std::string(hid_descriptor_bytes + 1, '\0')) == "report descriptor: too long");
    CHECK(refusal(hex("A4") + repeated(hex("A4"), hid_depth)) == "report descriptor: PUSH too deep");
    CHECK(refusal(hex("B4")) == "report descriptor: POP without PUSH");
    CHECK(refusal(repeated(hex("A1 01"), hid_depth + 1)) == "report descriptor: collections too deep");
    CHECK(refusal(hex("C0")) == "report descriptor: a collection ends that never began");
    CHECK(refusal(hex("A1 01")) == "report descriptor: a collection never ends");
    CHECK(refusal(hex("85 00")) == "report descriptor: report id outside 1 to 255");
    CHECK(refusal(hex("75 08 95 01 81 02 85 01")) ==
          "report descriptor: a report id behind reports without one");
    CHECK(refusal(hex("75 08 97 FF FF FF FF 81 02")) == "report descriptor: a report too long");
    CHECK(refusal(hex("77 FF FF FF FF 97 FF FF FF FF 81 02")) == "report descriptor: a report too long");
    CHECK(refusal(hex("75 08 96 00 08 81 02 81 02 81 02")) == "report descriptor: a report too long");
    CHECK(refusal(repeated(hex("08"), hid_usages + 1)) == "report descriptor: too many usages");
    CHECK(refusal(hex("75 01 95 01") + repeated(hex("80"), hid_fields + 1)) ==
          "report descriptor: too many fields");
}

TEST_CASE("any bytes are a descriptor or are refused, and its places stay inside its reports") {
    test::holds("parsing ends well", [](const std::string& bytes) {
        const auto reports = parse_hid_descriptor(bytes);
        if (!reports) return;
        for (const auto& field : reports.value().fields) {
            const auto size = report_size(reports.value(), field.direction, field.report_id);
            RC_ASSERT(size * 8 >= field.bit_offset + field.bit_size * field.count);
            RC_ASSERT(size <= hid_report_bytes + 1);
        }
    });
}
