#include "server/plan/address_check_text.hpp"

#include <set>

#include <doctest/doctest.h>

#include "tests/server/plan/handling_assets.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

std::optional<std::string> cp932(const std::string& text) {
    auto bytes = charset::cp932_from_utf8(text);
    if (!bytes) return std::nullopt;
    return std::move(bytes).value();
}

const TextRulesOfCarriers& rules() {
    static const TextRulesOfCarriers all = [] {
        auto forms = read_kanji_forms(test::asset("handling/kanji.tsv"));
        auto widths = read_carrier_widths(test::asset("carriers/widths.tsv"));
        REQUIRE(forms);
        REQUIRE(widths);
        return TextRulesOfCarriers{cp932, std::move(forms).value(), std::move(widths).value()};
    }();
    return all;
}

std::set<std::string> codes(const std::string& text) {
    std::set<std::string> found;
    for (const auto& finding : text_findings(text, "name", rules())) found.insert(finding.code);
    return found;
}

using Codes = std::set<std::string>;

}  // namespace

TEST_CASE("a plain text is nothing to speak of") {
    CHECK(codes("福岡市早良区小田部6丁目5-28").empty());
    CHECK(codes("").empty());
}

TEST_CASE("characters that old systems print wrongly are shown") {
    CHECK(codes("①㈱髙﨑Ⅲ㎏") == Codes{"W-VENDORCHAR"});
    CHECK(codes("ｻｻｷ ﾊﾅｺ") == Codes{"W-HALFKANA"});
    CHECK(codes("五十嵐表") == Codes{});  // bytes 0x5C are no matter
}

TEST_CASE("what a carrier cannot take comes with a proposal, never with a question mark") {
    const auto findings = text_findings("𠮷田🎁", "recipients[0].name", rules());
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "W-NONCP932");
    CHECK(findings[0].field == "recipients[0].name");
    CHECK(findings[0].proposal.reveal() == "吉田");
    CHECK(carrier_proposal("a\x7F\x01\n", rules()) == "a\n");
    CHECK(carrier_proposal("辻\U000E0100井", rules()) == "辻井");
}

TEST_CASE("what a spreadsheet would run is shown, and defused only where it leaves") {
    for (const auto* formula :
         {"=HYPERLINK(\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)*cmd", "\t=1"}) {
        CHECK(is_formula(formula));
        CHECK(defused(formula) == std::string("'") + formula);
    }
    for (const auto* plain : {"+81 70-0701-4994", "-5", "+1,200", "小田部6-5", "", "-"}) {
        CHECK_FALSE(is_formula(plain));
        CHECK(defused(plain) == plain);
    }
}

TEST_CASE("control characters are found, line breaks and tabs are none") {
    CHECK(codes(std::string("a\x01") + "b") == Codes{"E-CONTROL"});
    CHECK(codes("行1\r\n行2\t") == Codes{});
}

TEST_CASE("widths count half-width characters half") {
    CHECK(full_width_characters("漢字") == 2);
    CHECK(full_width_characters("ab1") == 2);
    CHECK(full_width_characters("ｶﾅ") == 1);
    CHECK(full_width_characters("") == 0);
}

TEST_CASE("what is longer than a carrier's waybill is named with the carrier") {
    ReceivedOrder order;
    order.ship_to.resize(1);
    auto& who = order.ship_to[0];
    who.name = Written("漢字漢字漢字漢字漢字漢字漢字漢字漢字");  // 18
    const auto findings = text_findings(order, rules());
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "W-LEN-CARRIER");
    CHECK(findings[0].proposal.reveal() == "yamato");
    who.name = Written("漢字");
    who.building = Written("漢字漢字漢字漢字漢字漢字漢字漢字漢");  // 17: one too many for Yamato's line
    CHECK(text_findings(order, rules()).size() == 1);
}

TEST_CASE("which field is too long, for which carrier, how long it is and how much fits is told") {
    Addressee who;
    who.name = Written("漢字漢字漢字漢字漢字漢字漢字漢字漢ｶﾅ");    // 18
    who.building = Written("漢字漢字漢字漢字漢字漢字漢字漢字漢");  // 17
    const std::vector<CarrierWidths> widths = {{"yamato", 16, 1, 32, 1, 16}, {"sagawa", 16, 2, 16, 1, 0}};
    const auto found = too_long_for(who, widths);
    REQUIRE(found.size() == 3);
    CHECK(found[0] == TooLong{"yamato", "name", 18, 16, 1});
    CHECK(found[1] == TooLong{"yamato", "building", 17, 16, 1});
    CHECK(found[2] == TooLong{"sagawa", "address", 17, 16, 1});  // its building has no line of its own
    CHECK(too_long_for({}, widths).empty());
}

TEST_CASE("text of a web page that was not turned back stops the order; an ampersand does not") {
    for (const char* text : {"A&amp;B", "&#39640;橋", "&#x9AD8;", "x &quot;y"}) {
        const auto findings = text_findings(text, "name", rules());
        REQUIRE_MESSAGE(findings.size() == 1, std::string(text));
        CHECK(findings[0].code == "E-ENTITY");
    }
    for (const char* text : {"A&B", "R&D部; 2F", "& ;", "AT&T Japan; 3F"})
        CHECK_MESSAGE(text_findings(text, "name", rules()).empty(), std::string(text));
}

TEST_CASE("a wrong table of widths is refused") {
    CHECK_FALSE(read_carrier_widths("carrier\nyamato\t16"));
    CHECK_FALSE(read_carrier_widths("carrier\nyamato\t16\t1\tx\t1\t0"));
}

TEST_CASE("a proposal always fits the carrier's charset") {
    test::holds("proposals fit", [](const std::string& noise) {
        const auto text = charset::is_utf8(noise) ? noise + "𠮷🎁辻\U000E0100" : std::string("𠮷");
        return cp932(carrier_proposal(text, rules())).has_value();
    });
}
