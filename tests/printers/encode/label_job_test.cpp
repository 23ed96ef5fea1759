#include "printers/encode/label_job.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::encode;

TEST_CASE("a head is measured in dots per metre, and mm come out right on each") {
    CHECK(dots_per_mm({.dots_per_m = 8'000}) == 8);
    CHECK(dots_per_mm({.dots_per_m = 11'811}) == 12);
    CHECK(tenths_of_mm(1'200, {.dots_per_m = 12'000}) == 1'000);
    CHECK(tenths_of_mm(1'200, {.dots_per_m = 11'811}) == 1'016);
    CHECK(dots_of_tenths(1'000, {.dots_per_m = 8'000}) == 800);
    CHECK(dots_of_tenths(1'000, {.dots_per_m = 11'811}) == 1'181);
}

TEST_CASE("a label that is as large as its media fits, one dot more does not") {
    const Bitmap bitmap(16, 8);
    CHECK(check_job({.bitmap = bitmap, .media = {.width_dots = 16, .length_dots = 8}}));
    CHECK_FALSE(check_job({.bitmap = bitmap, .media = {.width_dots = 15, .length_dots = 8}}));
    CHECK_FALSE(check_job({.bitmap = bitmap, .media = {.width_dots = 16, .length_dots = 7}}));
    CHECK_FALSE(check_job({.bitmap = bitmap, .media = {.width_dots = 99'999, .length_dots = 8}}));
}
