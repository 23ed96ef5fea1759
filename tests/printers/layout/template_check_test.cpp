#include "printers/layout/template_check.hpp"

#include <doctest/doctest.h>

#include "tests/printers/layout/templates.hpp"

using namespace kenpin;
using namespace kenpin::layout;
using test::list_template;
using test::shelf_template;
using test::wrong_with;

TEST_CASE("parts that print over each other are refused when the template is read") {
    auto raw = shelf_template();
    raw.parts[1]["box"] = "31 2 20 8";
    CHECK(wrong_with(raw) ==
          "template shelf: part 2 (zone): overlaps part 1 (code) → move or narrow one, or give "
          "them conditions that exclude each other");
    raw = shelf_template();
    raw.parts[2]["box"] = "0 9 60 15";  // the text reaches into the bars' room
    CHECK(wrong_with(raw).find("overlaps part 1 (code)") != std::string::npos);
}

TEST_CASE("parts may share a place when only one of them ever shows") {
    auto raw = shelf_template();
    raw.parts[0]["when"] = "!zone";
    raw.parts[1]["box"] = "2 2 30 8";
    CHECK(wrong_with(raw).empty());
    raw.parts[0]["when"] = "zone=A";
    raw.parts[1]["when"] = "zone=B";
    CHECK(wrong_with(raw).empty());
    raw.parts[1]["when"] = "zone!=B";
    CHECK_FALSE(wrong_with(raw).empty());
    raw.parts[1]["when"] = "zone!=A";
    CHECK(wrong_with(raw).empty());
}

TEST_CASE("a barcode without room for its quiet zones is refused, on the coarsest head too") {
    auto raw = shelf_template();
    raw.parts[2]["box"] = "5 12 38 15";
    CHECK(wrong_with(raw).starts_with(
        "template shelf: part 3 ({code}): barcode of the sample: with its quiet zones it "
        "is "));
    CHECK(wrong_with(raw).find("6 dots/mm → a larger box, a shorter text or a smaller narrow") !=
          std::string::npos);
    raw.parts[2]["box"] = "0 12 60 4";
    CHECK(wrong_with(raw).find("bars below 5 mm") != std::string::npos);
}

TEST_CASE("a field that nobody declared is named") {
    auto raw = shelf_template();
    raw.parts[0]["text"] = "{cod}";
    raw.parts[0].erase("name");
    CHECK(wrong_with(raw) ==
          "template shelf: part 1 ({cod}): no field {cod} → add [[field]] name = \"cod\", or mend "
          "the name");
    raw = shelf_template();
    raw.parts[1]["when"] = "zon";
    CHECK(wrong_with(raw).find("no field {zon}") != std::string::npos);
}

TEST_CASE("nothing stands outside the paper, and white words stand on black") {
    auto raw = shelf_template();
    raw.parts[0]["box"] = "40 2 30 8";
    CHECK(wrong_with(raw).find("outside the paper") != std::string::npos);
    raw = shelf_template();
    raw.parts[0]["ink"] = "white";
    CHECK(wrong_with(raw).find("white on white") != std::string::npos);
    raw.parts.insert(raw.parts.begin(), RawTable{{"kind", "fill"}, {"box", "1 1 32 10"}});
    CHECK(wrong_with(raw).empty());
    raw.parts[1].erase("ink");
    CHECK(wrong_with(raw).find("overlaps part 1 (fill)") != std::string::npos);
}

TEST_CASE("a frame goes around words, never through them") {
    auto raw = shelf_template();
    raw.parts.push_back({{"kind", "frame"}, {"box", "1 1 58 10.5"}, {"thickness", "0.3"}});
    CHECK(wrong_with(raw).empty());
    raw.parts.back()["box"] = "1 5 58 6.5";
    CHECK(wrong_with(raw).find("overlaps part 1 (code)") != std::string::npos);
}

TEST_CASE("the columns of a table lie side by side, and no part on the table") {
    auto raw = list_template();
    raw.columns[1]["box"] = "12 22";
    CHECK(wrong_with(raw).find("column 2 ({sku}): overlaps column 1") != std::string::npos);
    raw = list_template();
    raw.columns[2]["box"] = "35 61";
    CHECK(wrong_with(raw).find("outside the table") != std::string::npos);
    raw = list_template();
    raw.parts[0]["box"] = "5 15 90 8";
    CHECK(wrong_with(raw).find("overlaps the table") != std::string::npos);
}
