#include "printers/layout/bars.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "adaptors/codes/decoder.hpp"
#include "adaptors/codes/symbol.hpp"

using namespace kenpin;
using namespace kenpin::layout;

TEST_CASE("NW-7 is drawn 2:5 at 8 dots/mm and 3:8 at 12, inside its specification") {
    CHECK(nw7_widths(8).narrow_dots == 2);
    CHECK(nw7_widths(8).wide_dots == 5);
    CHECK(nw7_widths(12).narrow_dots == 3);
    CHECK(nw7_widths(12).wide_dots == 8);
    for (const int dpmm : {6, 8, 12, 24}) {
        const auto widths = nw7_widths(dpmm);
        CHECK(widths.wide_dots * 4 >= widths.narrow_dots * 9);
        CHECK(widths.wide_dots <= widths.narrow_dots * 3);
    }
}

TEST_CASE("a tracking number with its letters takes 44 mm with its quiet zones") {
    const auto runs = nw7_runs("A491234567894A", {2, 5});
    REQUIRE(runs);
    CHECK(runs.value().size() == 14 * 7 + 13);
    CHECK(total_dots(runs.value()) + 2 * quiet_dots(2, 8) < 45 * 8);
    const std::set<int> widths(runs.value().begin(), runs.value().end());
    CHECK(widths == std::set<int>{2, 5});
}

TEST_CASE("a text without start and stop letters, or with one inside, is no NW-7") {
    for (const auto* text : {"", "A", "AA", "491234567894", "A4912A", "E123E", "A12B34A", "A12 34A"}) {
        INFO(text);
        CHECK(static_cast<bool>(nw7_runs(text, {2, 5})) == (std::string(text) == "A4912A"));
    }
}

TEST_CASE("every character of NW-7 and every start and stop letter reads back") {
    codes::Decoder decoder;
    for (const auto* text : {"A0123456789A", "B491234567894C", "D-$:/.+0D", "C12345678B"})
        for (const int dpmm : {8, 12}) {
            const auto widths = nw7_widths(dpmm);
            const auto runs = nw7_runs(text, widths).value();
            const int quiet = quiet_dots(widths.narrow_dots, dpmm);
            Bitmap bitmap(total_dots(runs) + 2 * quiet, 60);
            draw_bars(bitmap, quiet, 0, 60, runs);
            const auto read = decoder.read(crop(bitmap, {0, 0, bitmap.width_dots, 60}), codes::Format::nw7);
            REQUIRE(read);
            REQUIRE(read.value().has_value());
            CHECK(read.value()->bytes == text);
        }
}

TEST_CASE("zint's modules become bars of whole dots") {
    const auto modules = codes::modules_of(codes::Symbology::code128, "KSS1").value();
    const auto runs = runs_of(modules, 3);
    CHECK(total_dots(runs) == modules.width_dots * 3);
    CHECK(std::all_of(runs.begin(), runs.end(), [](int run) { return run % 3 == 0; }));
}

TEST_CASE("a crop outside the label is white paper") {
    Bitmap bitmap(10, 10);
    fill(bitmap, {-5, -5, 100, 100});
    const auto image = crop(bitmap, {-2, -2, 4, 4}, 2);
    CHECK(image.width_px == 8);
    CHECK(image.pixels.front() == 255);
    CHECK(image.pixels.back() == 0);
}
