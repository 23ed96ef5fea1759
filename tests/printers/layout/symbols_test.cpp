#include "printers/layout/symbols.hpp"

#include <doctest/doctest.h>

#include "adaptors/codes/decoder.hpp"
#include "printers/layout/waybill.hpp"

using namespace kenpin;
using namespace kenpin::layout;

namespace {

Bars bars(BarsKind kind) {
    return {.wording = {}, .kind = kind, .own = {}, .least_mm = 0.25, .most_mm = 0.4};
}

Label label_of(const PlacedSymbol& symbol, int dpmm) {
    Label out{Bitmap(110 * dpmm, 40 * dpmm), {}, dpmm};
    for (const auto& ink : symbol.inks) fill(out.bitmap, ink);
    out.codes.push_back({{symbol.box.x - symbol.quiet_x, symbol.box.y - symbol.quiet_y,
                          symbol.box.width + 2 * symbol.quiet_x, symbol.box.height + 2 * symbol.quiet_y},
                         symbol.format,
                         symbol.expected});
    return out;
}

}  // namespace

TEST_CASE("every symbology reads back from its dots on every head") {
    codes::Decoder decoder;
    const std::pair<BarsKind, const char*> all[] = {
        {BarsKind::code128, "A-01-03 x/9"},   {BarsKind::gs1_128, "(01)04901234567894(17)271130(10)A1"},
        {BarsKind::gs1_128, "(10)A1(21)77"},  {BarsKind::jan, "4901234567894"},
        {BarsKind::jan, "49123456"},          {BarsKind::itf14, "14901234567891"},
        {BarsKind::nw7, "A491234567894A"},    {BarsKind::qr, "https://example.jp/k?髙"},
        {BarsKind::data_matrix, "KP-0001-77"}};
    for (const auto& [kind, text] : all)
        for (const int dpmm : {6, 8, 12, 24}) {
            INFO(std::string(text), " at ", dpmm);
            const auto placed = place_symbol(bars(kind), text, {2, 2, 106, 36}, dpmm);
            REQUIRE(placed);
            const auto read = verify_codes(label_of(placed.value(), dpmm), decoder);
            CHECK_MESSAGE(read, (read ? "" : read.error().detail));
        }
}

TEST_CASE("bars are whole dots, as wide as fits and never narrower than said") {
    auto wish = bars(BarsKind::code128);
    const auto wide = place_symbol(wish, "A-01", {0, 0, 76, 10}, 8).value();
    wish.most_mm = 0.25;
    const auto narrow = place_symbol(wish, "A-01", {0, 0, 76, 10}, 8).value();
    CHECK(wide.box.width * 2 == narrow.box.width * 3);  // 3 dots and 2
    CHECK(narrow.quiet_x == 21);                        // 2.54 mm
    CHECK_FALSE(place_symbol(wish, "A-01", {0, 0, 20, 10}, 8));
}

TEST_CASE("a text that its symbology cannot say is refused and never repeated") {
    const std::pair<BarsKind, const char*> wrong[] = {{BarsKind::jan, "4901234567890"},
                                                      {BarsKind::jan, "490123456789"},
                                                      {BarsKind::jan, "secret"},
                                                      {BarsKind::itf14, "1490123456789"},
                                                      {BarsKind::itf14, "14901234567890"},
                                                      {BarsKind::nw7, "491234567894"},
                                                      {BarsKind::nw7, ""},
                                                      {BarsKind::code128, ""},
                                                      {BarsKind::code128, "髙"},
                                                      {BarsKind::gs1_128, "01secret"},
                                                      {BarsKind::gs1_128, "(01)secret"},
                                                      {BarsKind::gs1_128, "("},
                                                      {BarsKind::gs1_128, "()"},
                                                      {BarsKind::qr, ""},
                                                      {BarsKind::data_matrix, "髙"}};
    for (const auto& [kind, text] : wrong) {
        INFO(std::string(text));
        const auto placed = place_symbol(bars(kind), text, {0, 0, 76, 36}, 8);
        REQUIRE_FALSE(placed);
        CHECK(placed.error().detail.find("secret") == std::string::npos);
    }
}

TEST_CASE("a code of ours gets its kind and its check character") {
    auto wish = bars(BarsKind::code128);
    wish.own = domain::OwnKind::location;
    const auto placed = place_symbol(wish, "A-01-03", {0, 0, 76, 10}, 8);
    REQUIRE(placed);
    CHECK(placed.value().expected == domain::make_own_code(domain::OwnKind::location, "A-01-03"));
    CHECK_FALSE(place_symbol(wish, "a-01", {0, 0, 76, 10}, 8));
    CHECK_FALSE(place_symbol(wish, "", {0, 0, 76, 10}, 8));
    CHECK_FALSE(place_symbol(wish, "123456789012345678901", {0, 0, 76, 10}, 8));
}
