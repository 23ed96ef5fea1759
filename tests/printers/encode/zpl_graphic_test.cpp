#include "printers/encode/zpl_graphic.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "printers/encode/armour.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

std::string rows_of(const Bitmap& bitmap) {
    std::string out;
    for (int y = 0; y < bitmap.height_dots; ++y) {
        for (int x = 0; x < bitmap.width_dots; ++x) out += bitmap.is_black(x, y) ? '#' : '.';
        out += '\n';
    }
    return out;
}

}  // namespace

TEST_CASE("plain hex, run lengths, white and black rests and repeated rows are read") {
    CHECK(rows_of(decode_graphic(2, 1, "F00F").value()) == "####....\n....####\n");
    CHECK(rows_of(decode_graphic(2, 1, "HF,").value()) == "########\n........\n");
    CHECK(rows_of(decode_graphic(4, 2, "HF,:").value()) == "########........\n########........\n");
    CHECK(rows_of(decode_graphic(4, 2, "!,").value()) == "################\n................\n");
    CHECK(rows_of(decode_graphic(10, 10, "gF").value()) == std::string(80, '#') + "\n");
}

TEST_CASE("base64 graphics are read with their checksum and refused with a wrong one") {
    const std::string bytes("\xF0\x0F", 2);
    const auto text = to_base64(bytes);
    const auto crc = to_hex4(crc16_xmodem(text));
    CHECK(rows_of(decode_graphic(2, 1, ":B64:" + text + ":" + crc).value()) == "####....\n....####\n");
    CHECK_FALSE(decode_graphic(2, 1, ":B64:" + text + ":0000"));
    CHECK_FALSE(decode_graphic(2, 1, ":B64:" + text));
    CHECK_FALSE(decode_graphic(1, 1, ":B64:" + text + ":" + crc));  // more than was said
}

TEST_CASE("impossible sizes are refused before any memory is taken") {
    CHECK_FALSE(decode_graphic(0, 1, "00"));
    CHECK_FALSE(decode_graphic(4, 0, "00"));
    CHECK_FALSE(decode_graphic(5, 2, "00"));
    CHECK_FALSE(decode_graphic(std::size_t{1} << 60U, 1, "00"));
    CHECK_FALSE(decode_graphic(graphic_most_bytes + 1, 1, "00"));
    CHECK_FALSE(decode_graphic(8'000'000, 8'000'000, "00"));
}

TEST_CASE("a packed picture that would unpack to more than was said is refused") {
    Bitmap large(800, 100);
    auto field = graphic_field_z64(large);
    const auto data = field.substr(field.find(":Z64:"));
    CHECK(decode_graphic(10'000, 100, data));
    CHECK_FALSE(decode_graphic(1'000, 100, data));
}

TEST_CASE("no bytes at all break the reader of graphics") {
    CHECK(rc::check("garbage", [](const std::string& data) {
        const auto total = *rc::gen::inRange<std::size_t>(0, 4'000);
        const auto row = *rc::gen::inRange<std::size_t>(0, 50);
        for (const auto* mark : {"", ":Z64:", ":B64:"}) {
            const auto read = decode_graphic(total, row, mark + data);
            if (read) RC_ASSERT(read.value().bytes.size() == total);
        }
    }));
    CHECK(rc::check("garbage from the graphic's own alphabet", [] {
        const auto data =
            *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789ABCDEFGHMYghyz,!:")));
        const auto read = decode_graphic(600, 6, data);
        if (read) RC_ASSERT(read.value().bytes.size() == 600U);
    }));
}
