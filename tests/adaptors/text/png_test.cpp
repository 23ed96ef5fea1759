#include "adaptors/text/png.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;

TEST_CASE("a bitmap comes back from its PNG dot for dot") {
    Bitmap bitmap(19, 7);
    for (int i = 0; i < 7; ++i) bitmap.blacken(i * 2, i);
    const auto png = text::png_of(bitmap);
    REQUIRE(png);
    const auto gray = text::gray_of_png(png.value());
    REQUIRE(gray);
    REQUIRE(gray.value().width_px == 19);
    REQUIRE(gray.value().height_px == 7);
    for (int y = 0; y < 7; ++y)
        for (int x = 0; x < 19; ++x)
            CHECK(gray.value().pixels[static_cast<std::size_t>(y * 19 + x)] ==
                  (bitmap.is_black(x, y) ? 0 : 255));
}

TEST_CASE("what is transparent is paper, and an empty picture has no PNG") {
    const auto png = text::png_of(RgbaImage{1, 1, {0, 0, 0, 0}});
    REQUIRE(png);
    CHECK(text::gray_of_png(png.value()).value().pixels.front() == 255);
    CHECK_FALSE(text::png_of(Bitmap{}));
}

TEST_CASE("a broken PNG is an error, whatever its bytes") {
    CHECK_FALSE(text::gray_of_png(""));
    const auto whole = text::png_of(Bitmap(8, 8)).value();
    CHECK_FALSE(text::gray_of_png(whole.substr(0, whole.size() / 2)));
    CHECK(rc::check("any bytes are refused or read", [&](const std::string& tail) {
        (void)text::gray_of_png(whole.substr(0, 33) + tail);  // only that it ends
    }));
}
