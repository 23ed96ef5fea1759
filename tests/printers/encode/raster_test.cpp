#include "printers/encode/raster.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::encode;

TEST_CASE("black is one or zero as the language wants it, and the padding stays white") {
    Bitmap bitmap(10, 1);
    bitmap.blacken(0, 0);
    bitmap.blacken(9, 0);
    CHECK(rows_of(bitmap, Ink::ones) == std::string("\x80\x40", 2));
    CHECK(rows_of(bitmap, Ink::zeros) == std::string("\x7f\xbf", 2));
    for (const auto ink : {Ink::ones, Ink::zeros}) {
        const auto back = bitmap_of_rows(rows_of(bitmap, ink), 2, ink);
        CHECK(back.width_dots == 16);
        CHECK(back.bytes == bitmap.bytes);
    }
}

TEST_CASE("a picture pasted over the edge is cut") {
    Bitmap label(8, 8);
    Bitmap dot(4, 4);
    dot.blacken(0, 0);
    dot.blacken(3, 3);
    paste(label, 6, 6, dot);
    CHECK(label.is_black(6, 6));
    paste(label, 20, 20, dot);
    CHECK_FALSE(is_possible_graphic(0, 1));
    CHECK_FALSE(is_possible_graphic(4'000, 32'000));
    CHECK(is_possible_graphic(100, 1'200));
}
