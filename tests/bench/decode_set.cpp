#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

#include "adaptors/codes/picture_file.hpp"
#include "adaptors/codes/retouch.hpp"
#include "tests/bench/decode.hpp"

namespace kenpin::bench {
namespace {

constexpr int wide = 1280, high = 720;

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Result<Photograph> photograph(const std::string& directory, const std::string& line) {
    Photograph one;
    std::istringstream fields(line);
    std::getline(fields, one.file, '\t');
    std::getline(fields, one.symbology, '\t');
    std::getline(fields, one.text, '\t');
    one.bytes = content(directory + "/" + one.file);
    auto picture = codes::read_picture(one.bytes, 64'000'000);
    if (auto* image = std::get_if<GrayImage>(&picture)) {
        one.image = std::move(*image);
        return one;
    }
    return Error{Error::Kind::corrupt, directory + "/" + one.file + " is no picture"};
}

void fill(GrayImage& frame, int left, int top, int width, int height, int grey) {
    for (int y = std::max(0, top); y < std::min(high, top + height); ++y)
        for (int x = std::max(0, left); x < std::min(wide, left + width); ++x)
            frame.pixels[static_cast<std::size_t>(y * wide + x)] = static_cast<std::uint8_t>(grey);
}

}  // namespace

Result<std::vector<Photograph>> photographs(const std::string& directory) {
    std::ifstream manifest(directory + "/manifest.tsv");
    std::string line;
    if (!std::getline(manifest, line)) return Error{Error::Kind::not_found, directory + "/manifest.tsv"};
    std::vector<Photograph> all;
    while (std::getline(manifest, line)) {
        auto one = photograph(directory, line);
        if (!one) return one.error();
        all.push_back(std::move(one).value());
    }
    return all;
}

GrayImage camera_frame(const GrayImage& picture, unsigned seed) {
    std::mt19937 dice(seed);
    const auto up_to = [&](int most) { return static_cast<int>(dice() % static_cast<unsigned>(most)); };
    GrayImage frame{wide, high, std::vector<std::uint8_t>(std::size_t{wide} * high, 120)};
    for (int i = 0; i < 60; ++i)
        fill(frame, up_to(wide), up_to(high), 20 + up_to(300), 5 + up_to(120), 40 + up_to(180));
    for (auto& pixel : frame.pixels)
        pixel = static_cast<std::uint8_t>(std::clamp(pixel + up_to(17) - 8, 0, 255));
    auto placed = picture;
    for (int factor = 2; placed.width_px > wide || placed.height_px > high; ++factor)
        placed = codes::shrunk(picture, factor);
    const int left = (wide - placed.width_px) / 2, top = (high - placed.height_px) / 2;
    for (int y = 0; y < placed.height_px; ++y)
        std::copy_n(placed.pixels.begin() + y * placed.width_px, placed.width_px,
                    frame.pixels.begin() + (top + y) * wide + left);
    return frame;
}

}  // namespace kenpin::bench
