#include "station/ui/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <doctest/doctest.h>

#include "station/ui/layout.hpp"
#include "station/ui/profile.hpp"

using namespace kenpin::ui;

namespace {

using Linear = std::array<double, 3>;  // red, green, blue light, 0..1

struct Eye {
    const char* name;
    std::array<Linear, 3> matrix;
};
// Whole loss of one kind of cone: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation
// of Color Vision Deficiency" (2009), severity 1.0. On linear light.
constexpr std::array<Eye, 4> eyes{
    {{"all cones", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
     {"protan",
      {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
     {"deutan",
      {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
     {"tritan",
      {{{1.255528, -0.076749, -0.178779},
        {-0.078411, 0.930809, 0.147602},
        {0.004733, 0.691367, 0.303900}}}}}};
constexpr double easily_told_apart = 25;  // CIE 1976 colour difference; 2.3 can just be seen
constexpr double told_apart = 15;         // two that both say "look", with × and △ beside them

Linear seen(Colour colour, const Eye& eye) {
    const auto linear = [](std::uint8_t v) {
        const double c = v / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const Linear light{linear(colour.r), linear(colour.g), linear(colour.b)};
    Linear out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = std::clamp(
            eye.matrix[i][0] * light[0] + eye.matrix[i][1] * light[1] + eye.matrix[i][2] * light[2], 0.0,
            1.0);
    return out;
}

double curve(double t) {
    return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
}

/// CIE L*, a*, b* (D65).
Linear lab(const Linear& light) {
    const auto [r, g, b] = light;
    const double x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    const double y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double lightness(const Linear& light) {
    return lab(light)[0];
}

double difference(Colour one, Colour other, const Eye& eye) {
    const Linear a = lab(seen(one, eye));
    const Linear b = lab(seen(other, eye));
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

}  // namespace

TEST_CASE("every pair of letters and ground of the theme can be read by tired eyes") {
    for (const Paint paint : {theme::calm, theme::soft, theme::on_card, theme::soft_on_card, theme::on_shade,
                              theme::bar, theme::ok, theme::ng, theme::caution, theme::inverted,
                              theme::primary, theme::quiet, theme::disabled})
        CHECK(contrast(paint) >= (paint == theme::disabled                   ? 4.5
                                  : paint == theme::ok || paint == theme::ng ? 6.0
                                                                             : 7.0));
}

TEST_CASE("OK and NG differ in lightness on a grey picture, and their letters stand the other way round") {
    CHECK(contrast({theme::green, theme::red}) > 1.8);
    for (const auto& eye : eyes) {
        INFO(eye.name);
        CHECK(lightness(seen(theme::ok.ink, eye)) > lightness(seen(theme::ok.back, eye)) + 40);
        CHECK(lightness(seen(theme::ng.ink, eye)) < lightness(seen(theme::ng.back, eye)) - 40);
    }
}

TEST_CASE("OK, NG and caution are three colours to every kind of eye") {
    for (const auto& eye : eyes) {
        INFO(eye.name);
        CHECK(difference(theme::green, theme::red, eye) > easily_told_apart);
        CHECK(difference(theme::green, theme::amber, eye) > easily_told_apart);
        CHECK(difference(theme::red, theme::amber, eye) > told_apart);
    }
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

TEST_CASE("a bench may stand upright and any device be used with the left hand; a handheld never lies") {
    const auto upright = find_profile("bench-15.6-portrait-left").value();
    CHECK(upright.name == "bench-15.6-portrait-left");
    CHECK(upright.is_portrait());
    CHECK(upright.is_left_handed);
    CHECK_FALSE(find_profile("bench-10")->is_portrait());
    CHECK(find_profile("handheld-5.5-left")->is_left_handed);
    CHECK_FALSE(find_profile("handheld-4-portrait"));
    CHECK_FALSE(find_profile("handheld-4-landscape"));
    for (const auto& name : profile_names()) CHECK(find_profile(name));
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
