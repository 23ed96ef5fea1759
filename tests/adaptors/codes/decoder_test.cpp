#include "adaptors/codes/decoder.hpp"

#include <string>
#include <utility>

#include <doctest/doctest.h>
#include <signal.h>

#include "adaptors/codes/symbol.hpp"

using namespace kenpin;
using namespace kenpin::codes;

namespace {

GrayImage picture_of(const Bitmap& modules, int dots, int height) {
    const int quiet = 12 * dots;
    const bool is_matrix = modules.height_dots > 1;
    const int rows = is_matrix ? modules.height_dots * dots : height;
    GrayImage out{modules.width_dots * dots + 2 * quiet, rows + 2 * quiet, {}};
    out.pixels.assign(static_cast<std::size_t>(out.width_px * out.height_px), 255);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < modules.width_dots * dots; ++x)
            if (modules.is_black(x / dots, is_matrix ? y / dots : 0))
                out.pixels[static_cast<std::size_t>((y + quiet) * out.width_px + x + quiet)] = 0;
    return out;
}

GrayImage jan_picture() {
    return picture_of(modules_of(Symbology::ean13, "4901234567894").value(), 2, 60);
}

}  // namespace

TEST_CASE("what zint writes, ZXing reads: JAN, case code, our own codes and QR") {
    Decoder decoder;
    const std::pair<Symbology, std::pair<Format, std::string>> all[] = {
        {Symbology::ean13, {Format::ean13, "4901234567894"}},
        {Symbology::itf14, {Format::itf, "14901234567891"}},
        {Symbology::code128, {Format::code128, "KLA-01-03Q"}},
        {Symbology::qr, {Format::qr, "https://example.jp/髙"}}};
    for (const auto& [symbology, wanted] : all) {
        const auto modules = modules_of(symbology, wanted.second);
        REQUIRE(modules);
        const auto read = decoder.read(picture_of(modules.value(), 2, 60), wanted.first);
        REQUIRE(read);
        REQUIRE(read.value().has_value());
        CHECK(read.value()->bytes == wanted.second);
        CHECK(read.value()->format == wanted.first);
    }
}

TEST_CASE("a blank picture holds no code; an empty one is refused") {
    Decoder decoder;
    GrayImage blank{200, 100, std::vector<std::uint8_t>(20'000, 255)};
    const auto read = decoder.read(blank, every_format);
    REQUIRE(read);
    CHECK_FALSE(read.value().has_value());
    CHECK_FALSE(decoder.read({}, every_format));
    blank.pixels.pop_back();
    CHECK(decoder.read(blank, every_format).error().kind == Error::Kind::refused);
}

TEST_CASE("a decoder that was killed is started anew and nobody notices") {
    Decoder decoder;
    REQUIRE(decoder.start());
    const int first = decoder.child_pid();
    REQUIRE(first > 0);
    ::kill(first, SIGKILL);
    const auto read = decoder.read(jan_picture(), Format::ean13);
    REQUIRE(read);
    CHECK(read.value()->bytes == "4901234567894");
    CHECK(decoder.child_pid() != first);
}

TEST_CASE("a decoder that dies of every picture is an error, not our end") {
    Decoder decoder({.program = "/bin/false"});
    CHECK(decoder.read(jan_picture(), Format::ean13).error().kind == Error::Kind::unreachable);
    Decoder missing({.program = "/nonexistent/decoder"});
    CHECK(missing.read(jan_picture(), Format::ean13).error().kind == Error::Kind::unreachable);
}

TEST_CASE("a decoder that does not answer is given up after its time") {
    // A program that is alive and silent: the stopped child of a healthy decoder.
    Decoder decoder({.program = {}, .timeout = std::chrono::milliseconds{300}});
    REQUIRE(decoder.start());
    ::kill(decoder.child_pid(), SIGSTOP);
    CHECK(decoder.read(jan_picture(), Format::ean13).error().kind == Error::Kind::busy);
    CHECK(decoder.child_pid() == -1);
}
