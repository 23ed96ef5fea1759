#include "adaptors/codes/retouch.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::codes;

namespace {

GrayImage picture(int width, int height, std::vector<std::uint8_t> pixels) {
    return {width, height, std::move(pixels)};
}

int pixel(const GrayImage& image, int x, int y) {
    return image.pixels[static_cast<std::size_t>(y * image.width_px + x)];
}

GrayImage bars(int width, int height) {
    GrayImage out =
        picture(width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height)));
    for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = i % 8 < 4 ? 90 : 160;
    return out;
}

bool is_whole(const GrayImage& image) {
    return image.pixels.size() ==
           static_cast<std::size_t>(image.width_px) * static_cast<std::size_t>(image.height_px);
}

}  // namespace

TEST_CASE("inverting twice is the picture again") {
    const auto image = picture(2, 1, {0, 200});
    CHECK(inverted(image).pixels == std::vector<std::uint8_t>{255, 55});
    CHECK(inverted(inverted(image)).pixels == image.pixels);
}

TEST_CASE("enlarging keeps plain surfaces and puts edges between") {
    const auto large = enlarged(picture(2, 1, {0, 255}), 2);
    CHECK(large.width_px == 4);
    CHECK(large.height_px == 2);
    CHECK(pixel(large, 0, 0) < pixel(large, 1, 0));
    CHECK(pixel(large, 1, 0) < pixel(large, 2, 1));
    CHECK(enlarged(picture(1, 1, {77}), 3).pixels == std::vector<std::uint8_t>(9, 77));
}

TEST_CASE("shrinking takes the mean and drops what does not fill a pixel") {
    const auto small = shrunk(picture(3, 2, {0, 100, 9, 100, 200, 9}), 2);
    CHECK(small.width_px == 1);
    CHECK(small.pixels == std::vector<std::uint8_t>{100});
    CHECK(shrunk(picture(5, 1, {1, 2, 3, 4, 5}), 2).pixels.empty());
}

TEST_CASE("a quarter turn goes clockwise, four of them are none") {
    const auto image = picture(2, 1, {1, 2});
    const auto turned = quarter_turned(image);
    CHECK(turned.height_px == 2);
    CHECK(turned.pixels == std::vector<std::uint8_t>{1, 2});
    CHECK(quarter_turned(picture(1, 2, {1, 2})).pixels == std::vector<std::uint8_t>{2, 1});
    CHECK(quarter_turned(quarter_turned(quarter_turned(turned))).pixels == image.pixels);
}

TEST_CASE("tilting by nothing changes nothing inside, and the corners that are new are white") {
    const auto image = bars(16, 16);
    const auto same = tilted(image, 0);
    CHECK(pixel(same, 3, 3) == pixel(image, 3, 3));
    const auto leaning = tilted(image, 15);
    CHECK(leaning.width_px > 16);
    CHECK(pixel(leaning, 0, 0) == 255);
}

TEST_CASE("softening keeps the mean of a surface, sharpening widens the step at an edge") {
    const auto edge = picture(8, 1, {90, 90, 90, 90, 160, 160, 160, 160});
    CHECK(softened(edge, 1, 0).pixels[3] == (90 + 90 + 160) / 3);
    CHECK(softened(edge, 0, 2).pixels == edge.pixels);
    const auto sharp = sharpened(edge, 1, 2);
    CHECK(pixel(sharp, 3, 0) < 90);
    CHECK(pixel(sharp, 4, 0) > 160);
    CHECK(pixel(sharp, 0, 0) == 90);
}

TEST_CASE("weak contrast becomes full contrast; a plain surface stays as it is") {
    const auto strong = stretched(bars(40, 40));
    CHECK(pixel(strong, 0, 0) == 0);
    CHECK(pixel(strong, 4, 0) == 255);
    CHECK(stretched(picture(2, 2, {7, 7, 7, 7})).pixels == std::vector<std::uint8_t>(4, 7));
}

TEST_CASE("a shadow over half of the bars is evened out") {
    auto image = bars(80, 20);
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 40; ++x) {
            auto& dark = image.pixels[static_cast<std::size_t>(y * 80 + x)];
            dark = static_cast<std::uint8_t>(dark / 3);
        }
    const auto even = evened(image, 8);
    CHECK(pixel(even, 12, 10) > 200);  // a light bar in the shadow
    CHECK(pixel(even, 60, 10) > 200);  // a light bar outside
    CHECK(pixel(even, 8, 10) < 60);
    CHECK(pixel(even, 56, 10) < 60);
}

TEST_CASE("the smallest pictures pass through everything whole") {
    for (const auto& image : {picture(1, 1, {9}), picture(1, 7, std::vector<std::uint8_t>(7, 9)),
                              picture(69, 1, std::vector<std::uint8_t>(69, 9))})
        for (const auto& made : {inverted(image), enlarged(image, 3), shrunk(image, 2), tilted(image, 7),
                                 quarter_turned(image), softened(image, 2, 2), sharpened(image, 6, 3),
                                 stretched(image), evened(image, 20), framed(image, 20)})
            CHECK(is_whole(made));
}
