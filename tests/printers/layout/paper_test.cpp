#include "printers/layout/paper.hpp"

#include <doctest/doctest.h>

#include "tests/printers/layout/templates.hpp"

using namespace kenpin;
using namespace kenpin::layout;

namespace {

PaperValues with(Values values) {
    return {Private(std::move(values)), {}};
}
PaperValues list_of(std::size_t rows) {
    return {Private(Values{{"title", "List"}}),
            Private(std::vector<Values>(rows, Values{{"sku", "S-1"}, {"tracking", "A491234567894A"}}))};
}

}  // namespace

TEST_CASE("a label is drawn in the dots of its head, and every barcode reads back") {
    const auto shelf = template_of(test::shelf_template()).value();
    codes::Decoder decoder;
    for (const int dpmm : {6, 8, 12, 24}) {
        const auto pages = draw_paper(shelf, with({{"code", "A-01-03"}}), dpmm);
        REQUIRE(pages);
        REQUIRE(pages.value().size() == 1);
        const auto& label = pages.value().front();
        CHECK(label.bitmap.width_dots == 60 * dpmm);
        CHECK(label.codes.front().expected ==
              "KLA-01-03" + std::string(1, domain::own_check_character("KLA-01-03")));
        CHECK(verify_codes(label, decoder));
    }
}

TEST_CASE(
    "the longest and the shortest code both show; what fits in no size is refused and named, not shown") {
    const auto shelf = template_of(test::shelf_template()).value();
    CHECK(draw_paper(shelf, with({{"code", "A"}}), 8));
    const auto tight = draw_paper(shelf, with({{"code", "A-01-03-04-05-06-07"}}), 8);
    REQUIRE_FALSE(tight);
    CHECK(tight.error().detail.starts_with("template shelf: part 3 ({code}): with its quiet zones it is "));
    std::string endless;
    for (int i = 0; i < 3000; ++i) endless += "秘";
    const auto cut = draw_paper(shelf, with({{"code", "A"}, {"zone", endless}}), 8);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().detail ==
          "template shelf: part 2 (zone): the text does not fit whole → a larger box or a "
          "smaller font");
}

TEST_CASE("rare characters, emoji, control characters and broken UTF-8 all leave dots") {
    const auto shelf = template_of(test::shelf_template()).value();
    const auto without = draw_paper(shelf, with({{"code", "A"}}), 8).value().front().bitmap;
    for (const std::string zone : {"𠮷", "髙", "①", "😀", "\x01", "\xFF", "ｱ", "👩‍👩‍👧"}) {
        INFO(zone);
        const auto label = draw_paper(shelf, with({{"code", "A"}, {"zone", zone}}), 8);
        REQUIRE(label);
        CHECK(label.value().front().bitmap != without);
    }
}

TEST_CASE("a needed value that is empty and a value that no field has are refused") {
    const auto shelf = template_of(test::shelf_template()).value();
    CHECK(draw_paper(shelf, with({}), 8).error().detail ==
          "template shelf: field code: is needed and empty → give it "
          "a value");
    CHECK_FALSE(draw_paper(shelf, with({{"code", ""}}), 8));
    const auto unknown = draw_paper(shelf, with({{"code", "A"}, {"secret", "x"}}), 8);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().detail.find("secret") == std::string::npos);
    CHECK_FALSE(draw_paper(shelf, list_of(1), 8));
    CHECK_FALSE(draw_paper(shelf, with({{"code", "A"}}), 0));
    CHECK_FALSE(draw_paper(shelf, with({{"code", "A"}}), 25));
}

TEST_CASE("a value cannot make a GS1 identifier of its own") {
    auto raw = test::shelf_template();
    raw.fields[0]["sample"] = "A1";
    raw.parts[2] = {{"kind", "bars"}, {"bars", "gs1-128"}, {"text", "(10){code}"}, {"box", "0 12 60 15"}};
    const auto lot = template_of(raw);
    REQUIRE(lot);
    CHECK(draw_paper(lot.value(), with({{"code", "A1"}}), 8));
    CHECK_FALSE(draw_paper(lot.value(), with({{"code", "A(21)5"}}), 8));
}

TEST_CASE("a table goes on over pages, and each row has its barcode") {
    const auto list = template_of(test::list_template()).value();
    codes::Decoder decoder;
    for (const auto& [rows, pages] :
         {std::pair<std::size_t, std::size_t>{0, 1}, {1, 1}, {4, 1}, {5, 2}, {9, 3}}) {
        const auto drawn = draw_paper(list, list_of(rows), 8);
        REQUIRE(drawn);
        CHECK(drawn.value().size() == pages);
        std::size_t codes = 0;
        for (const auto& page : drawn.value()) {
            codes += page.codes.size();
            if (!page.codes.empty()) CHECK(verify_codes(page, decoder));
        }
        CHECK(codes == rows);
    }
    CHECK_FALSE(draw_paper(list, list_of(5'001), 8));
}

TEST_CASE("the same paper as PDF, a page each, and labels side by side on A4") {
    const auto shelf = template_of(test::shelf_template()).value();
    const auto pdf = draw_paper_pdf(shelf, {with({{"code", "A"}}), with({{"code", "B"}})});
    REQUIRE(pdf);
    CHECK(pdf.value().find("/Count 2") != std::string::npos);
    CHECK_FALSE(draw_paper_pdf(shelf, {}));
    CHECK_FALSE(draw_paper_pdf(shelf, {with({})}));
    const std::vector<PaperValues> many(28, with({{"code", "A"}}));  // 3 x 9 go on a sheet
    CHECK(draw_label_sheet(shelf, many, 8).value().find("/Count 2") != std::string::npos);
    CHECK_FALSE(draw_label_sheet(shelf, many, 100));
    CHECK_FALSE(draw_label_sheet(template_of(test::list_template()).value(), {list_of(1)}, 8));
}

TEST_CASE("names that run down the paper shrink until the longest stands inside") {
    auto raw = test::shelf_template();
    raw.parts[1] = {
        {"kind", "down"}, {"name", "zone"}, {"text", "{zone}"}, {"box", "40 1 15 10"}, {"font", "4 2 1"}};
    const auto down = template_of(raw).value();
    CHECK(draw_paper(down, with({{"code", "A"}, {"zone", "山"}}), 8));
    CHECK(draw_paper(down, with({{"code", "A"}, {"zone", "山田太郎\n花子"}}), 8));
    CHECK_FALSE(draw_paper(down, with({{"code", "A"}, {"zone", "とてもとてもながいなまえです"}}), 8));
}
