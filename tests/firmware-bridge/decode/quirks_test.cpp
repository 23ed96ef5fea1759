#include "firmware-bridge/decode/quirks.hpp"

#include <doctest/doctest.h>

#include "tests/support/hid_devices.hpp"

using namespace kenpin;
using namespace kenpin::decode;

namespace {

HidRole role(const std::string& descriptor, std::uint16_t vid = 0, std::uint16_t pid = 0) {
    return role_of(parse_hid_descriptor(descriptor).value(), quirk_of(vid, pid));
}

}  // namespace

TEST_CASE("what an interface is for is said by its descriptor") {
    CHECK(role(test::scanner_descriptor()) == HidRole::scanner);
    CHECK(role(test::scale_descriptor()) == HidRole::scale);
    CHECK(role(test::boot_keyboard_descriptor()) == HidRole::keyboard);
    CHECK(role(test::nkro_keyboard_descriptor()) == HidRole::keyboard);
    CHECK(role(test::plain_scanner_descriptor(false)) == HidRole::other);
    CHECK(role(test::plain_scanner_descriptor(false), 0x05E0, 0x0600) == HidRole::scanner);
}

TEST_CASE("the quirk of one product is not that of its vendor's others") {
    CHECK(quirk_of(0x05E0, 0x0600).layout == ScanLayout::length_then_data);
    CHECK(quirk_of(0x05E0, 0x1200).layout == ScanLayout::by_descriptor);
}

TEST_CASE("every Honeywell is asked to be a scanner and not a keyboard") {
    CHECK(quirk_of(0x0C2E, 0x0B61).wake_feature == test::hex("FE 01"));
    CHECK(quirk_of(0x05E0, 0x1200).wake_feature.empty());
}

TEST_CASE("modes that only the maker's driver speaks have a remedy") {
    CHECK(remedy_of(0x05E0, 0x1900) == "scan_hid_pos_zebra");
    CHECK(remedy_of(0x05E0, 0x1300) == "scan_hid_pos_zebra");
    CHECK(remedy_of(0x05E0, 0x1701) == "scan_cdc_zebra");
    CHECK_FALSE(remedy_of(0x05E0, 0x1200));
    const auto ibm = parse_hid_descriptor(test::hex("06 45 FF 0A 00 4B A1 01 C0")).value();
    CHECK(remedy_of(ibm) == "scan_hid_pos");
    CHECK_FALSE(remedy_of(parse_hid_descriptor(test::scanner_descriptor()).value()));
}
