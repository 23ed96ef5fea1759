#include "firmware-bridge/decode/printer_class.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::decode;

namespace {

const std::string text = "MFG:EMU;CMD:ZPL,EPL;MDL:GK420D;CLS:PRINTER;SN:PRN0001;";

std::string with_length(std::size_t first, std::size_t second, const std::string& rest) {
    return std::string{static_cast<char>(first), static_cast<char>(second)} + rest;
}

}  // namespace

TEST_CASE("a printer says who made it, what it is and which languages it prints") {
    const auto id = parse_device_id(text);
    CHECK(id.manufacturer == "EMU");
    CHECK(id.model == "GK420D");
    CHECK(id.serial == "PRN0001");
    CHECK(id.commands == std::vector<std::string>{"ZPL", "EPL"});
    CHECK_FALSE(id.is_cut);
}

TEST_CASE("long names of the fields and other capitals are the same fields") {
    const auto id = parse_device_id("Manufacturer: SATO ;Command Set: SBPL ;MODEL:CL4NX;SerialNumber: 12 ;");
    CHECK(id == PrinterId{"SATO", "CL4NX", "12", {"SBPL"}, false});
}

TEST_CASE("the length counts itself or not, big end or little end first") {
    const auto size = text.size();
    CHECK(device_id_text(with_length(0, size + 2, text)) == text);
    CHECK(device_id_text(with_length(0, size, text)) == text);
    CHECK(device_id_text(with_length(size + 2, 0, text)) == text);
    CHECK(device_id_text(with_length(size, 0, text)) == text);
    CHECK(device_id_text(with_length(0xFF, 0xFF, text)) == text);
}

TEST_CASE("a text cut two bytes short is read as far as it goes and said to be cut") {
    const auto cut = with_length(0, text.size(), text.substr(0, text.size() - 2));
    const auto id = parse_device_id(device_id_text(cut));
    CHECK(id.model == "GK420D");
    CHECK(id.serial == "PRN000");
    CHECK(id.is_cut);
}

TEST_CASE("what stands behind the text in the answer is not read") {
    const auto padded = with_length(0, text.size() + 2, text + std::string(100, 'x'));
    CHECK(device_id_text(padded) == text);
    CHECK(device_id_text(with_length(0, text.size() + 2, text + std::string(20, '\0'))) == text);
}

TEST_CASE("an empty answer is an empty id") {
    CHECK(device_id_text("").empty());
    CHECK(device_id_text("\x01").empty());
    CHECK(device_id_text(std::string(2, '\0')).empty());
    CHECK(parse_device_id("") == PrinterId{});
    CHECK(parse_device_id(";;:;x;") == PrinterId{});
}

TEST_CASE("the port tells ready, out of paper and in error") {
    CHECK(port_status(0x18).is_ready());
    CHECK(port_status(0x38) == PortStatus{true, true, false});
    CHECK(port_status(0x10) == PortStatus{false, true, true});
    CHECK_FALSE(port_status(0x08).is_ready());
    CHECK(port_status(0x00) == PortStatus{false, false, true});
}

TEST_CASE("any answer gives a text inside it") {
    test::holds("inside", [](const std::string& answer) {
        const auto got = device_id_text(answer);
        RC_ASSERT(got.size() <= answer.size());
        (void)parse_device_id(got);
    });
}
