#include "printers/layout/template.hpp"

#include <doctest/doctest.h>

#include "tests/printers/layout/templates.hpp"

using namespace kenpin;
using namespace kenpin::layout;
using test::list_template;
using test::shelf_template;
using test::wrong_with;

TEST_CASE("a template is read: its paper, fields, parts and table") {
    const auto shelf = template_of(shelf_template());
    REQUIRE(shelf);
    CHECK(shelf.value().width_mm == 60);
    CHECK(shelf.value().field("code")->is_needed);
    CHECK(shelf.value().parts.size() == 3);
    CHECK(std::get<Bars>(shelf.value().parts[2].content).own == domain::OwnKind::location);
    CHECK_FALSE(shelf.value().table);
    const auto list = template_of(list_template());
    REQUIRE(list);
    CHECK(list.value().table->columns.size() == 3);
    CHECK(list.value().table->row_mm == 10);
}

TEST_CASE("a key, a kind or a length that is none is named, with what there is") {
    auto raw = shelf_template();
    raw.parts[0]["colour"] = "red";
    CHECK(wrong_with(raw) ==
          "template shelf: part 1 (code): the key colour is not known → docs/printing.md names "
          "all keys");
    raw = shelf_template();
    raw.parts[2]["bars"] = "pdf417";
    CHECK(wrong_with(raw) ==
          "template shelf: part 3 ({code}): bars is none that there is → code128, gs1-128, jan, "
          "itf14, nw7, qr, datamatrix");
    for (const char* box : {"", "2 2 30", "2 2 30 8 1", "2,2,30,8", "-1 2 30 8", "nan 2 30 8", "2 2 1e9 8",
                            "inf 0 1 1", "2 2 30 8x"}) {
        raw = shelf_template();
        raw.parts[0]["box"] = box;
        CHECK(wrong_with(raw) ==
              "template shelf: part 1 (code): box is not 4 lengths in mm, 0 to 450 → e.g. \"2 2 60 "
              "8\"");
    }
}

TEST_CASE("fonts only shrink, and stay between half a millimetre and ten centimetres") {
    for (const char* font : {"3 5", "0.1", "200", "4 3 3.5", ""}) {
        auto raw = shelf_template();
        raw.parts[0]["font"] = font;
        CHECK(wrong_with(raw).starts_with("template shelf: part 1 (code): font "));
    }
}

TEST_CASE("a field stands once, has a name and a sample") {
    auto raw = shelf_template();
    raw.fields[1]["name"] = "code";
    CHECK(wrong_with(raw) == "template shelf: field code: stands twice → one [[field]] each");
    raw.fields[1] = {{"name", "Zone!"}, {"sample", "x"}};
    CHECK(wrong_with(raw).starts_with("template shelf: field Zone!: no name"));
    raw.fields[1] = {{"name", "zone"}};
    CHECK(wrong_with(raw).starts_with("template shelf: field zone: has no sample"));
    raw.fields[1] = {};
    CHECK(wrong_with(raw).starts_with("template shelf: field without a name: no name"));
}

TEST_CASE("columns want a table, a table wants columns and room for a row") {
    auto raw = list_template();
    raw.paper.erase("table");
    CHECK(wrong_with(raw).find("columns without a table") != std::string::npos);
    raw = list_template();
    raw.columns.clear();
    CHECK(wrong_with(raw).find("table: has no columns") != std::string::npos);
    raw = list_template();
    raw.paper["row"] = "50";
    CHECK(wrong_with(raw).find("no room for a row") != std::string::npos);
}

TEST_CASE("a template without end is refused") {
    auto raw = shelf_template();
    raw.parts.resize(most_template_parts + 1);
    CHECK(wrong_with(raw).find("over 200 parts") != std::string::npos);
}
