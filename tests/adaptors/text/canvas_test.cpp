#include "adaptors/text/canvas.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::text;

namespace {

int black_dots(const Bitmap& bitmap, int left, int top, int right, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) count += bitmap.is_black(x, y) ? 1 : 0;
    return count;
}

int all_black(const Bitmap& bitmap) {
    return black_dots(bitmap, 0, 0, bitmap.width_dots, bitmap.height_dots);
}

}  // namespace

TEST_CASE("a short text keeps its size; a long one shrinks, then wraps, and stays inside its box") {
    BitmapPaper paper(400, 200);
    const Box box{20, 20, 300, 90};
    const Style style{.size = 40, .one_line_size = 28, .smallest_size = 12};

    const auto short_one = paper.draw("髙﨑", box, style);
    CHECK(short_one.size == doctest::Approx(40));
    CHECK(short_one.lines == 1);
    const auto shrunk = paper.draw("髙﨑𠮷之介様です①", box, style);
    CHECK(shrunk.lines == 1);
    CHECK(shrunk.size < 40);
    const auto wrapped =
        paper.draw("株式会社ながいなまえの三十四文字の会社第二営業部御中髙﨑①𠮷之介", box, style);
    CHECK(wrapped.lines > 1);
    CHECK(wrapped.is_whole);

    const auto bitmap = paper.take();
    CHECK(all_black(bitmap) > 0);
    CHECK(all_black(bitmap) == black_dots(bitmap, 20, 20, 320, 110));
}

TEST_CASE("a text that cannot be shown whole says so") {
    BitmapPaper paper(100, 20);
    std::string endless;
    for (int i = 0; i < 200; ++i) endless += "長い";
    CHECK_FALSE(paper.draw(endless, {0, 0, 100, 20}, {.size = 16}).is_whole);
    CHECK(paper.draw("", {0, 0, 100, 40}, {.size = 16}).is_whole);
}

TEST_CASE("letters beyond the basic plane, circled numbers and emoji leave ink, each a different one") {
    const auto drawn = [](const char* character) {
        BitmapPaper paper(64, 72);
        paper.draw(character, {0, 0, 64, 72}, {.size = 40});
        return paper.take();
    };
    const auto tofu = drawn("\xF3\xB0\x80\x80");  // a private-use character: no font has it
    for (const auto* character : {"髙", "﨑", "𠮷", "①", "😀", "🎁"}) {
        INFO(character);
        const auto bitmap = drawn(character);
        CHECK(all_black(bitmap) > 100);
        CHECK(bitmap != tofu);
        CHECK(bitmap != drawn("一"));
    }
    const auto face = drawn("😀");
    CHECK(all_black(face) < 64 * 72 / 3);  // a picture, not a black disc
}

TEST_CASE("bytes that are no UTF-8 are shown as a replacement, never lost and never fatal") {
    BitmapPaper paper(200, 60);
    CHECK(paper.draw("ab\xFF\xFE\x80zz", {0, 0, 200, 60}, {.size = 20}).is_whole);
    CHECK(paper.draw(std::string("a\0b", 3), {0, 0, 200, 60}, {.size = 20}).is_whole);
}

TEST_CASE("boxes are exact dots, and white ink clears them again") {
    BitmapPaper paper(37, 20);  // a width that is no whole byte
    paper.fill({5, 2, 30, 10});
    paper.fill({10, 4, 3, 2}, Ink::white);
    const auto bitmap = paper.take();
    CHECK(bitmap.row_bytes() == 5);
    CHECK(all_black(bitmap) == 30 * 10 - 6);
    CHECK(bitmap.is_black(5, 2));
    CHECK(bitmap.is_black(34, 11));
    CHECK_FALSE(bitmap.is_black(35, 11));
    CHECK_FALSE(bitmap.is_black(11, 5));
    CHECK((bitmap.bytes[4] & 0x07) == 0);  // the padding stays white
}

TEST_CASE(
    "letters that hang over the edge of the paper are cut there, and white ones leave paper in a black "
    "strip") {
    BitmapPaper paper(77, 40);
    paper.draw("検品gj", {-9, -12, 300, 40}, {.size = 40});
    paper.draw("検品gj", {60, 25, 300, 60}, {.size = 40});
    CHECK(all_black(paper.take()) > 0);
    BitmapPaper strip(77, 40);
    strip.fill({0, 0, 77, 40});
    strip.draw("検", {0, 0, 77, 40}, {.size = 30, .ink = Ink::white});
    const auto white = strip.take();
    BitmapPaper sheet(77, 40);
    sheet.draw("検", {0, 0, 77, 40}, {.size = 30});
    CHECK(all_black(white) == 77 * 40 - all_black(sheet.take()));
}

TEST_CASE("a letter drawn a thousand times, in more sizes than are remembered, is always the same") {
    const auto drawn = [](double size) {
        BitmapPaper paper(64, 64);
        paper.draw("検", {0, 0, 64, 64}, {.size = size});
        return paper.take();
    };
    const auto before = drawn(30);
    for (int n = 0; n < 1'000; ++n) drawn(8 + n * 0.05);
    CHECK(drawn(30) == before);
}

TEST_CASE("a PDF holds its pages and embeds its fonts") {
    PdfPaper paper(419.53, 595.28, "slip S1");
    paper.draw("納品書 髙﨑①𠮷", {40, 40, 300, 40}, {.size = 20, .weight = Weight::bold});
    paper.next_page();
    paper.draw("2ページ", {40, 40, 300, 40}, {.size = 20});
    const auto pdf = paper.finish();
    REQUIRE(pdf);
    CHECK(pdf.value().starts_with("%PDF-"));
    CHECK(pdf.value().find("/Count 2") != std::string::npos);
    CHECK(pdf.value().find("/FontFile") != std::string::npos);
}
