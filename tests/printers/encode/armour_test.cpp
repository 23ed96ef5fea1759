#include "printers/encode/armour.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin::encode;

TEST_CASE("base64 and the checksum match their published examples") {
    CHECK(to_base64("") == "");
    CHECK(to_base64("f") == "Zg==");
    CHECK(to_base64("foobar") == "Zm9vYmFy");
    CHECK(from_base64("Zm9vYg==") == "foob");
    CHECK(crc16_xmodem("123456789") == 0x31C3);
    CHECK(to_hex4(0xA1) == "00A1");
}

TEST_CASE("base64 comes back, and foreign characters do not") {
    CHECK(rc::check("round trip",
                    [](const std::string& bytes) { RC_ASSERT(from_base64(to_base64(bytes)) == bytes); }));
    CHECK_FALSE(from_base64("Zm9*").has_value());
    CHECK_FALSE(from_base64("A").has_value());
}
