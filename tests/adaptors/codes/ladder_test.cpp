#include "adaptors/codes/ladder.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

using namespace kenpin::codes;

namespace {

const LadderStep& step(std::string_view name) {
    const auto found =
        std::find_if(ladder().begin(), ladder().end(), [&](const auto& s) { return s.name == name; });
    REQUIRE(found != ladder().end());
    return *found;
}

ReadCode jan(const char* digits) {
    return {Format::ean13, digits, "]E0", digits};
}

}  // namespace

TEST_CASE("the first step is the picture as it is, and no step stands twice") {
    CHECK(ladder().front().name == "as_is");
    CHECK(ladder().front().is_trusted);
    for (const auto& one : ladder())
        CHECK(std::count_if(ladder().begin(), ladder().end(),
                            [&](const auto& s) { return s.name == one.name; }) == 1);
}

TEST_CASE("a JAN needs a second look of another family, also when the picture reads as it is") {
    for (const auto& one : ladder()) CHECK_FALSE(Jury().hear(one, jan("4901234567894")));
    Jury jury;
    CHECK_FALSE(jury.hear(step("as_is"), jan("4901234567894")));
    CHECK_FALSE(jury.hear(step("stretched"), jan("4901234567894")));
    CHECK(jury.hear(step("evened"), jan("4901234567894")));
}

TEST_CASE("a JAN that shows only after retouching needs three steps") {
    Jury jury;
    CHECK_FALSE(jury.hear(step("stretched"), jan("4901234567894")));
    CHECK_FALSE(jury.hear(step("evened"), jan("4901234567894")));
    CHECK(jury.hear(step("enlarged"), jan("4901234567894")));
}

TEST_CASE("a JAN with a rival must be read twice more than that") {
    Jury jury;
    CHECK_FALSE(jury.hear(step("as_is"), jan("8184840013993")));  // a misread with a right check digit
    CHECK_FALSE(jury.hear(step("stretched"), jan("9780140013993")));
    CHECK_FALSE(jury.hear(step("evened"), jan("9780140013993")));
    CHECK(jury.hear(step("enlarged"), jan("9780140013993")));
}

TEST_CASE("codes without a check digit are believed at once only where the picture is as it was taken") {
    const ReadCode nw7{Format::nw7, "A123456789013A", "]F0", "A123456789013A"};
    CHECK(Jury().hear(step("as_is"), nw7));
    CHECK_FALSE(Jury().hear(step("evened"), nw7));
    CHECK_FALSE(Jury().hear(step("enlarged"), nw7));
}

TEST_CASE("sharpening again and again does not prove a JAN: it makes the same mistake each time") {
    Jury jury;
    for (const auto* name :
         {"enlarged_sharp_fine", "enlarged_sharp", "enlarged_soft_sharp", "enlarged_sharp_wide"})
        CHECK_FALSE(jury.hear(step(name), jan("8172731738476")));
}

TEST_CASE("two different ways that read different JANs prove neither") {
    Jury jury;
    CHECK_FALSE(jury.hear(step("evened"), jan("4901234567894")));
    CHECK_FALSE(jury.hear(step("enlarged_sharp"), jan("4901614567896")));
}

TEST_CASE("codes without a check digit need two readings, none of them sharpened") {
    const ReadCode itf{Format::itf, "0829220875", "]I0", "0829220875"};
    Jury jury;
    CHECK_FALSE(jury.hear(step("evened"), itf));
    CHECK_FALSE(jury.hear(step("enlarged_sharp"), itf));
    CHECK_FALSE(jury.hear(step("evened_sharp"), itf));
    CHECK(jury.hear(step("evened_enlarged"), itf));
}

TEST_CASE("codes that correct their errors are believed from any step") {
    for (const auto format : {Format::qr, Format::data_matrix, Format::code128})
        for (const auto& one : ladder()) CHECK(Jury().hear(one, {format, "x", "", "x"}));
}
