// Still pictures and picture files through the real child.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "adaptors/codes/decoder.hpp"
#include "adaptors/codes/picture_file.hpp"
#include "places.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::codes;
namespace fs = std::filesystem;

namespace {

std::string file(const std::string& name) {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT "/tests/data/") + name, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

GrayImage negative(GrayImage image) {
    for (auto& pixel : image.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    return image;
}

/// A decoder that dies of its first question and is whole the second time.
fs::path dies_once(const support::TempDir& dir) {
    const auto path = dir / "decoder";
    std::ofstream(path) << "#!/bin/sh\nif mkdir " << (dir / "died").string()
                        << " 2>/dev/null; then head -c 28 >/dev/null; kill -KILL $$; fi\nexec "
                        << KENPIN_BIN_DIR << "/kenpin-decoder\n";
    fs::permissions(path, fs::perms::owner_all);
    return path;
}

}  // namespace

TEST_CASE("a picture file is read by the child") {
    Decoder decoder;
    const auto read = decoder.read_file(file("barcodes/EAN13/003.png"), every_format);
    REQUIRE(read);
    REQUIRE(read.value());
    CHECK(read.value()->bytes == "9780140013993");
    CHECK(read.value()->format == Format::ean13);
}

TEST_CASE("colour, sixteen bits, transparency, JPEG and WebP are read, and a blurred one is not misread") {
    Decoder decoder;
    for (const auto* name : {"colour.jpg", "grey.webp", "deep.png", "transparent.png"}) {
        INFO(name);
        const auto read = decoder.read_file(file(std::string("barcodes/formats/") + name), every_format);
        REQUIRE(read);
        REQUIRE(read.value());
        CHECK(read.value()->bytes == "9780140013993");
    }
}

TEST_CASE("white bars on black read as a still picture, though not at first sight") {
    const auto image =
        negative(std::get<GrayImage>(read_picture(file("barcodes/DataMatrix/001.png"), 1'000'000)));
    Decoder decoder;
    const auto read = decoder.read_still(image, every_format);
    REQUIRE(read);
    REQUIRE(read.value());
    CHECK(read.value()->bytes == "0123456789");
}

TEST_CASE("a picture without code is nothing, a file that is no picture is said to be none") {
    Decoder decoder;
    CHECK_FALSE(decoder.read_file(file("barcodes/None/012.png"), every_format).value());
    const auto png = file("barcodes/EAN13/003.png");
    for (const auto& broken : {std::string("hello"), png.substr(0, 60), std::string("\x89PNG"),
                               std::string("\xff\xd8\xff\xe0"), std::string("RIFF\x10\0\0\0WEBPVP8 ", 16)})
        CHECK(decoder.read_file(broken, every_format).error().kind == Error::Kind::corrupt);
    CHECK(decoder.read_file("", every_format).error().kind == Error::Kind::corrupt);
    CHECK(decoder.lost_children() == 0);
}

TEST_CASE("a picture that says it is huge is refused before memory is taken for it") {
    auto png = file("barcodes/EAN13/003.png");
    png[16] = '\0', png[17] = '\1', png[20] = '\0', png[21] = '\1';  // 65,536 or more each way
    const auto picture = read_picture(png, 64'000'000);
    REQUIRE(std::holds_alternative<PictureFault>(picture));
}

TEST_CASE("a child that dies of one way to read a picture is replaced and the next way is tried") {
    const support::TempDir dir;
    Decoder decoder({.program = dies_once(dir).string(), .timeout = std::chrono::seconds{20}});
    const auto read = decoder.read_file(file("barcodes/EAN13/003.png"), every_format);
    REQUIRE(read);
    REQUIRE(read.value());
    CHECK(read.value()->bytes == "9780140013993");
    CHECK(decoder.lost_children() == 1);
}

TEST_CASE("a decoder that dies of every way is an error, not a picture without code") {
    Decoder decoder({.program = "/bin/false"});
    CHECK(decoder.read_file(file("barcodes/EAN13/003.png"), every_format).error().kind ==
          Error::Kind::unreachable);
}

TEST_CASE("a picture one pixel high, of which nothing is left when halved, costs no child") {
    Decoder decoder({.program = {}, .timeout = std::chrono::seconds{20}});
    CHECK(decoder.read_still({69, 1, std::vector<std::uint8_t>(69, 200)}, every_format));
    CHECK(decoder.read_still({1, 1, {0}}, every_format));
    CHECK(decoder.lost_children() == 0);
}
