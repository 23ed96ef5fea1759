#include "station/ui/theme.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "station/ui/layout.hpp"
#include "station/ui/profile.hpp"

using namespace kenpin::ui;

TEST_CASE("every pair of letters and ground of the theme can be read by tired eyes") {
    for (const Paint paint : {theme::calm, theme::soft, theme::on_card, theme::soft_on_card, theme::on_shade,
                              theme::bar, theme::ok, theme::ng, theme::caution, theme::inverted,
                              theme::primary, theme::quiet, theme::disabled})
        CHECK(contrast(paint) >= 4.5);
}

TEST_CASE("OK and NG differ in lightness for eyes that do not tell red from green") {
    CHECK(contrast({theme::green, theme::red}) > 1.8);
}

TEST_CASE("fifteen millimetres and twenty-two minutes of arc are pixels of the device in hand") {
    const auto handheld = find_profile("handheld-4").value();
    CHECK(std::lround(handheld.px(15)) == 138);
    CHECK(std::lround(handheld.em_px(22)) == 20);
    const auto bench = find_profile("bench-10").value();
    CHECK(std::lround(bench.px(15)) == 88);
    CHECK(std::lround(bench.em_px(22)) == 30);
    CHECK_FALSE(find_profile("wall-43"));
}

TEST_CASE("cutting a screen into bands loses no pixel and overlaps none") {
    Rect rest{0, 0, 480, 800};
    const Rect top = take_top(rest, 80);
    const Rect bottom = take_bottom(rest, 138);
    CHECK(top.h + rest.h + bottom.h == 800);
    CHECK_FALSE(overlap(top, rest));
    CHECK_FALSE(overlap(rest, bottom));
    const auto cells = columns(bottom, 3, 10);
    CHECK(cells.size() == 3);
    CHECK(cells[2].right() == 480);
    CHECK_FALSE(overlap(cells[0], cells[1]));
    CHECK(take_top(rest, 10'000).h == 800 - 80 - 138);
}
