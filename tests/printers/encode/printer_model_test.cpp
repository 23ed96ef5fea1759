#include "printers/encode/printer_model.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "places.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

const std::string titles =
    "# comment\nname\tmaker\tlanguage\tdots_per_m\thead_dots\tright_margin_dots\tmedia_mm\tquirks\tsource\n";

std::string shipped_table() {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/assets/printers/models.tsv", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a model says its language, its head and its roll") {
    const auto models = printer_models(titles + "\nx-1\tX\tzpl\t12000\t1248\t16\t100x150\tsilent\tmanual\n");
    REQUIRE(models);
    REQUIRE(models.value().size() == 1);
    const auto& model = models.value().front();
    CHECK(model.name == "x-1");
    CHECK(model.language == &zpl);
    CHECK(dots_per_mm(model.head) == 12);
    CHECK(model.head.right_margin_dots == 16);
    CHECK(model.media.width_dots == 1'200);
    CHECK(model.media.length_dots == 1'800);
    CHECK_FALSE(model.answers);
}

TEST_CASE("a line that says nothing sensible is refused with its number") {
    for (const auto* line :
         {"x\tX\tzpl\t8000\t832\t0\t100x150\t-", "x\tX\tklingon\t8000\t832\t0\t100x150\t-\tm",
          "x\tX\tzpl\t0\t832\t0\t100x150\t-\tm", "x\tX\tzpl\t8000\t832\t900\t100x150\t-\tm",
          "x\tX\tzpl\t8000\t832\t0\t100\t-\tm", "x\tX\tzpl\t8000\t832\t0\t100x150\twings\tm"}) {
        INFO(line);
        const auto models = printer_models(titles + line + "\n");
        REQUIRE_FALSE(models);
        CHECK(models.error().detail.find("line 3") != std::string::npos);
    }
}

TEST_CASE("every model that we ship is readable, has a name of its own, and its roll passes its head") {
    const auto models = printer_models(shipped_table());
    REQUIRE(models);
    CHECK_FALSE(models.value().empty());
    for (const auto& model : models.value()) {
        INFO(model.name);
        CHECK(model.media.width_dots + model.head.right_margin_dots <= model.head.width_dots);
        const bool is_for_waybills = tenths_of_mm(model.media.width_dots, model.head) >= 1'000;
        if (is_for_waybills) CHECK(model.media.width_dots >= 100 * dots_per_mm(model.head));
        CHECK(printer_model(shipped_table(), model.name).value().language == model.language);
        const auto count = std::count_if(models.value().begin(), models.value().end(),
                                         [&](const auto& other) { return other.name == model.name; });
        CHECK(count == 1);
    }
    CHECK(printer_model(shipped_table(), "no-such").error().kind == Error::Kind::not_found);
}
