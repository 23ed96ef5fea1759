#include "server/ctl/label_file.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "adaptors/codes/decoder.hpp"
#include "adaptors/text/png.hpp"
#include "tests/printers/golden.hpp"

using namespace kenpin;
using namespace kenpin::ctl;

namespace {

const std::filesystem::path labels = "assets/labels";  // ctest starts tests in the project's folder

std::string wrong_with(const std::string& toml) {
    const auto read = template_from(toml, "shelf");
    return read ? "" : read.error().detail;
}

constexpr const char* good = R"(
size = "60 30"
[[field]]
name = "code"
sample = "A-01"
needed = true
[[part]]
text = "{code}"
box = "2 2 30 8"
font = 5
)";

}  // namespace

TEST_CASE("every template that we ship draws its samples on every head, and every barcode reads back") {
    codes::Decoder decoder;
    const auto names = templates_in(labels);
    CHECK(names.size() >= 2);
    for (const auto& name : names) {
        INFO(name);
        const auto of = read_template(name, labels);
        REQUIRE_MESSAGE(of, (of ? "" : of.error().detail));
        const bool is_large = of.value().width_mm > 150 || of.value().height_mm > 150;
        for (const int dpmm : {6, 8, 12, 24}) {
            if (is_large && dpmm == 24) continue;  // printed by CUPS from the PDF
            const auto pages = layout::draw_paper(of.value(), layout::samples_of(of.value()), dpmm);
            REQUIRE_MESSAGE(pages, (pages ? "" : pages.error().detail));
            for (const auto& page : pages.value())
                if (!page.codes.empty()) CHECK(layout::verify_codes(page, decoder));
        }
        CHECK(layout::draw_paper_pdf(of.value(), {layout::samples_of(of.value())}));
    }
}

TEST_CASE("every template that we ship looks as it was looked at") {
    for (const auto& name : templates_in(labels)) {
        INFO(name);
        const auto of = read_template(name, labels).value();
        const auto page = layout::draw_paper(of, layout::samples_of(of), 8).value().front();
        support::check_golden("printers/label_" + name + ".png", text::png_of(page.bitmap).value());
    }
}

TEST_CASE("a template says of itself what is wrong with it, where, and what to do") {
    CHECK(wrong_with(good).empty());
    const std::string text = good;
    CHECK(wrong_with(text + "colour = 1\n")
              .starts_with("template shelf [[part]] 1: colour is no setting of ours → one "
                           "of kind, name, box"));
    CHECK(wrong_with("colour = 1\n" + text)
              .starts_with("template shelf: colour is no setting of ours → one of size"));
    CHECK(wrong_with(text + "bold = 1.5\n").find("bold is a kind of value that no setting has") !=
          std::string::npos);
    CHECK(wrong_with(text + "bold = [\"x\"]\n").find("bold is neither a text nor") != std::string::npos);
    CHECK(wrong_with(text + "bold = 2000\n").find("bold is neither a text nor") != std::string::npos);
    CHECK(wrong_with(text + "[[part\n").starts_with("shelf, line "));
    CHECK(wrong_with("field = 1\n").find("field must be a list of [[tables]]") != std::string::npos);
    CHECK(wrong_with("") ==
          "template shelf: paper: size is not 2 lengths in mm, 0 to 450 → e.g. \"100 150\"");
    CHECK(read_template("none", labels).error().kind == Error::Kind::not_found);
    CHECK(read_template("../labels/location", labels).error().kind == Error::Kind::refused);
    CHECK(read_template("assets/labels/location.toml", "/"));
}

TEST_CASE("what stands on papers is read from JSON: texts, whole numbers, flags and rows") {
    const auto one = values_from(R"({"code":"A-01","count":3,"is":true,"none":null,"rows":[{"sku":"S"}]})");
    REQUIRE(one);
    REQUIRE(one.value().size() == 1);
    CHECK(one.value()[0].fields.reveal() == layout::Values{{"code", "A-01"}, {"count", "3"}, {"is", "true"}});
    CHECK(one.value()[0].rows.reveal().size() == 1);
    CHECK(values_from(R"([{"code":"A"},{"code":"B"}])").value().size() == 2);
    for (const char* wrong : {"", "{", "[]", "1", "[1]", R"({"a":1.5})", R"({"a":{}})", R"({"rows":[1]})",
                              R"({"rows":1})", R"({"rows":[{"a":[]}]})", "{\"a\":\"\xFF\"}"}) {
        INFO(wrong);
        CHECK_FALSE(values_from(wrong));
    }
}
