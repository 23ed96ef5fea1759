#include "printers/encode/zpl.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "printers/encode/zpl_reader.hpp"

using namespace kenpin;
using namespace kenpin::encode;

TEST_CASE("a job sets every mode it relies on, then one graphic, one copy") {
    Bitmap bitmap(16, 2);
    bitmap.blacken(0, 0);
    const auto zpl = encode_zpl(bitmap, {.width_dots = 16, .length_dots = 2}, {});
    REQUIRE(zpl);
    CHECK(zpl.value().starts_with(
        "~SD15^XA^PW16^LL2^LH0,0^LS0^LT0^PON^PMN^MNY^MTD^MMT^PR4,4^FO0,0^GFA,4,4,2,:Z64:"));
    CHECK(zpl.value().ends_with("^FS^PQ1,0,0,N^XZ\r\n"));

    const auto other = encode_zpl(bitmap,
                                  {.width_dots = 16,
                                   .length_dots = 2,
                                   .tracking = Tracking::black_mark,
                                   .ribbon = Ribbon::thermal_transfer},
                                  {.speed_inch_per_s = 6, .darkness = 8, .after = After::peel_off});
    REQUIRE(other);
    CHECK(other.value().starts_with("~SD08^XA^PW16^LL2^LH0,0^LS0^LT0^PON^PMN^MNM^MTT^MMP,N^PR6,6^FO0,0"));
}

TEST_CASE("a label larger than its media, an empty one and impossible settings are refused") {
    CHECK_FALSE(encode_zpl(Bitmap(17, 2), {.width_dots = 16, .length_dots = 2}, {}));
    CHECK_FALSE(encode_zpl(Bitmap(), {}, {}));
    CHECK_FALSE(encode_zpl(Bitmap(8, 8), {}, {.darkness = 31}));
    CHECK_FALSE(encode_zpl(Bitmap(8, 8), {}, {.speed_inch_per_s = 1}));
}

TEST_CASE("what we send is what the printer draws, dot for dot") {
    CHECK(rc::check("any picture", [] {
        const int width = *rc::gen::inRange(1, 120);
        const int height = *rc::gen::inRange(1, 60);
        Bitmap bitmap(width, height);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                if (*rc::gen::inRange(0, 3) == 0) bitmap.blacken(x, y);
        const auto zpl = encode_zpl(bitmap, {.width_dots = width, .length_dots = height}, {});
        RC_ASSERT(static_cast<bool>(zpl));
        const auto events = ZplReader(832, 1200).feed(zpl.value());
        RC_ASSERT(events.size() == 1U);
        RC_ASSERT(std::get<ZplLabel>(events.front()).bitmap == bitmap);
    }));
}

TEST_CASE("a ZPL printer says its make and its dots per mm, and whatever else comes is no answer") {
    const auto said = [](std::string_view answer) { return zpl.identity(answer); };
    const auto known = said("\x02ZD421-203dpi,V93.21.17Z,8,65536KB,0\x03\r\n");
    REQUIRE(known);
    CHECK(known->model == "ZD421-203dpi");
    CHECK(known->dots_per_mm == 8);
    CHECK(said("\x02ZT411,V1,11.8,x\x03")->dots_per_mm == 0);
    for (const auto* none :
         {"", "\x02ZD421,V1,8", "ZD421,V1,8\x03", "\x02ZD421,V1\x03", "\x02,,8\x03", "\x03\x02"})
        CHECK_FALSE(said(none));
    CHECK(rc::check("any bytes", [&](const std::string& bytes) { (void)said(bytes); }));
}

TEST_CASE("a printer of unknown kind is asked by control characters before letters") {
    bool are_letters = false;
    for (const auto* language : by_harmlessness()) {
        const bool now = language->dialogue({}, {})->question(0).front() >= ' ';
        CHECK((now || !are_letters));
        are_letters = now;
    }
    CHECK(by_harmlessness().size() == languages().size());
}
