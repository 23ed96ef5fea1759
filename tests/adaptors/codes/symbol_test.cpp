#include "adaptors/codes/symbol.hpp"

#include <doctest/doctest.h>

using namespace kenpin::codes;

TEST_CASE("a symbol comes as modules, one dot each") {
    const auto jan = modules_of(Symbology::ean13, "4901234567894");
    REQUIRE(jan);
    CHECK(jan.value().width_dots == 95);
    CHECK(jan.value().height_dots == 1);
    const auto ours = modules_of(Symbology::code128, "KSS26112400017X");
    REQUIRE(ours);
    CHECK(ours.value().is_black(0, 0));
    CHECK((ours.value().width_dots - 2) % 11 == 0);
    const auto qr = modules_of(Symbology::qr, "https://example.jp/t/491234567894");
    REQUIRE(qr);
    CHECK(qr.value().width_dots == qr.value().height_dots);
}

TEST_CASE("data that does not suit its symbology is refused, also a wrong check digit") {
    CHECK_FALSE(modules_of(Symbology::ean13, "4901234567890"));
    CHECK_FALSE(modules_of(Symbology::ean13, "49012345678"));
    CHECK_FALSE(modules_of(Symbology::itf14, "ABC"));
    CHECK_FALSE(modules_of(Symbology::itf14, "14901234567890"));
    CHECK_FALSE(modules_of(Symbology::code128, ""));
    CHECK_FALSE(modules_of(Symbology::qr, std::string(1001, 'a')));
}
