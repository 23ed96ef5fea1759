// Damaged picture files: each ends as a picture of the size it says, or as none.
#include <fstream>
#include <iterator>

#include "adaptors/codes/picture_file.hpp"
#include "adaptors/codes/retouch.hpp"
#include "places.hpp"
#include "tests/support/fuzz.hpp"

using namespace kenpin;
using namespace kenpin::codes;

namespace {

constexpr std::size_t most_pixels = 1'000'000;

std::string file(const char* name) {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT "/tests/data/barcodes/formats/") + name,
                     std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Most damage near the beginning, where a file says what it is.
std::string broken(test::Dice& dice, const std::string& good) {
    const auto head = std::min<std::size_t>(good.size(), dice() % 2 == 0 ? 64 : good.size());
    auto bytes = test::damaged(dice, good.substr(0, head)) + good.substr(head);
    if (dice() % 4 == 0) bytes.resize(dice() % (bytes.size() + 1));
    return bytes;
}

}  // namespace

TEST_CASE("fuzz: picture files") {
    const std::string good[] = {file("colour.jpg"), file("grey.webp"), file("deep.png"),
                                file("transparent.png")};
    test::fuzz(51, [&](test::Dice& dice) {
        const auto picture = read_picture(broken(dice, good[dice() % 4]), most_pixels);
        const auto* image = std::get_if<GrayImage>(&picture);
        if (image == nullptr) return;
        REQUIRE(image->pixels.size() <= most_pixels);
        REQUIRE(image->pixels.size() ==
                static_cast<std::size_t>(image->width_px) * static_cast<std::size_t>(image->height_px));
    });
}
