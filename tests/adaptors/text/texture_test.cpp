#include "adaptors/text/texture.hpp"

#include <doctest/doctest.h>

using namespace kenpin::text;

namespace {

int visible(const Texture& texture) {
    int count = 0;
    for (std::size_t i = 3; i < texture.image.pixels.size(); i += 4)
        count += texture.image.pixels[i] > 128 ? 1 : 0;
    return count;
}

bool is_colourful(const Texture& texture) {
    const auto& p = texture.image.pixels;
    for (std::size_t i = 0; i + 3 < p.size(); i += 4)
        if (p[i + 3] > 200 && p[i] > p[i + 2] + 60) return true;  // clearly warmer than gray
    return false;
}

}  // namespace

TEST_CASE("names of goods show every letter, and emoji in their own colours") {
    for (const auto* name : {"髙﨑", "𠮷野家", "①②", "マグカップ"}) {
        INFO(name);
        const auto texture = draw_texture(name, {.size_px = 32});
        CHECK(visible(texture) > 100);
        CHECK_FALSE(is_colourful(texture));
        CHECK(texture.image.pixels.size() ==
              static_cast<std::size_t>(texture.image.width_px * texture.image.height_px * 4));
    }
    CHECK(is_colourful(draw_texture("😀", {.size_px = 32})));
}

TEST_CASE("a long name is shortened at the given lines and says so; without a limit it wraps") {
    const auto* name = "とても長い商品名のマグカップ 北欧風 木製トレー付き 2個セット";
    const auto one = draw_texture(name, {.size_px = 24, .max_width_px = 200});
    CHECK(one.is_shortened);
    CHECK(one.image.width_px <= 201);
    const auto two = draw_texture(name, {.size_px = 24, .max_width_px = 200, .max_lines = 2});
    CHECK(two.image.height_px > one.image.height_px * 3 / 2);
    const auto whole = draw_texture(name, {.size_px = 24, .max_width_px = 200, .max_lines = 0});
    CHECK_FALSE(whole.is_shortened);
    CHECK(whole.image.height_px > two.image.height_px);
}

TEST_CASE("the colour is the one asked for, not multiplied by alpha") {
    const auto texture = draw_texture("一", {.size_px = 40, .rgb = 0x2060A0});
    const auto& p = texture.image.pixels;
    for (std::size_t i = 0; i + 3 < p.size(); i += 4)
        if (p[i + 3] > 40) {
            CHECK(std::abs(p[i] - 0x20) <= 4);
            CHECK(std::abs(p[i + 2] - 0xA0) <= 4);
        }
    CHECK(texture.baseline_px > 0);
    CHECK(texture.baseline_px <= texture.image.height_px);
}

TEST_CASE("nothing gives a picture too") {
    const auto texture = draw_texture("", {.size_px = 20});
    CHECK(texture.image.width_px == 1);
    CHECK(texture.image.height_px > 10);
    CHECK(visible(texture) == 0);
}
