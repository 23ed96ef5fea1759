#include "firmware-bridge/decode/gs1.hpp"

#include <doctest/doctest.h>

#include "core/domain/barcode.hpp"
#include "firmware-bridge/decode/checks.hpp"
#include "tests/firmware-bridge/decode/vectors.hpp"
#include "tests/support/property.hpp"

using namespace kenpin::decode;
using kenpin::test::replaced;
using kenpin::test::vectors;

namespace {

/// As identify(), but a scan may hold nothing after its identifier.
Identified scan_of(const std::string& text) {
    auto scan = identify(text + (text.size() == 3 ? "x" : ""));
    if (text.size() == 3 && !scan.aim.empty()) scan.bytes.clear();
    return scan;
}

std::string words(const Gs1Refusal& refused) {
    return "error " + std::string(name(refused.fault)) + (refused.ai.empty() ? "" : " (" + refused.ai + ")") +
           " at " + std::to_string(refused.offset) +
           (refused.separator_may_be_missing ? ", separator may be missing" : "");
}

std::string words(const Gs1& gs1) {
    const char* kinds[] = {"needs_another", "contradicts", "separator_may_be_missing"};
    std::string out;
    for (const auto& element : gs1.elements)
        out += (out.empty() ? "(" : " (") + element.ai + ")" + element.value;
    for (const auto& warning : gs1.warnings)
        out += "; warn (" + warning.ai + ") " + kinds[static_cast<int>(warning.kind)];
    return out;
}

std::string outcome(const Identified& scan) {
    const auto reading = gs1_of(scan);
    const bool is_plain_address = reading && check(scan) == Check::nothing;
    if (reading && !is_plain_address)
        return std::visit([](const auto& found) { return words(found); }, *reading);
    std::string out = "check " + std::string(name(check(scan)));
    if (const auto gtin = gtin14(scan)) out += "; gtin " + *gtin;
    if (scan.symbology == kenpin::domain::Symbology::itf)
        out += "; inner " +
               std::get<kenpin::domain::CaseCode>(
                   kenpin::domain::classify({scan.bytes, scan.symbology}, kenpin::domain::Expect::anything))
                   .inner_jan;
    return out;
}

std::string engine_symbology(const std::string& aim) {
    const std::pair<const char*, const char*> all[] = {{"]Q1", "QR"},
                                                       {"]Q3", "QR"},
                                                       {"]d1", "DM"},
                                                       {"]d2", "DM"},
                                                       {"]J0", "DotCode"},
                                                       {"]J1", "DotCode"},
                                                       {"]e0", "DataBarExpanded"},
                                                       {"]C1", "GS1_128_CCA"},
                                                       {"]E0", "EAN13"},
                                                       {"]E4", "EAN8"}};
    for (const auto& [known, symbology] : all)
        if (aim == known) return symbology;
    return "NONE";
}

/// How the vectors write what was read: ^ for FNC1, a backslash before a plain text's own ^.
std::string engine_message(const Identified& scan) {
    const auto reading = gs1_of(scan);
    if (scan.bytes.find("|]e0") != std::string::npos)
        return replaced(replaced(scan.bytes, "|]e0", "|^"), "\x1d", "^");
    if (reading && scan.aim != "]Q1" && scan.aim != "]d1" && scan.aim != "]J0")
        return "^" + replaced(element_string(std::get<Gs1>(*reading)), "\x1d", "^");
    return (scan.bytes.starts_with('^') || scan.bytes.starts_with("\\^") ? "\\" : "") + scan.bytes;
}

bool is_taken(const Identified& scan) {
    if (engine_symbology(scan.aim) == "NONE") return false;
    if (const auto reading = gs1_of(scan)) return std::holds_alternative<Gs1>(*reading);
    const auto found = check(scan);
    return found == Check::right || (found == Check::nothing && !scan.aim.starts_with("]E"));
}

std::string lone_text() {
    return *rc::gen::container<std::string>(rc::gen::oneOf(
        rc::gen::element('0', '1', '2', '3', '7', '\x1d', '^', '%', '/'), rc::gen::arbitrary<char>()));
}

}  // namespace

TEST_CASE("scan data of every kind of bars is taken or refused as the GS1 vectors say") {
    const auto rows = vectors("scandata_vectors.tsv");
    CHECK(rows.size() == 54);
    for (const auto& row : rows) {
        INFO(row[1]);
        const auto scan = scan_of(row[1]);
        CHECK(is_taken(scan) == (row[0] == "true"));
        if (row[0] != "true") continue;
        CHECK(engine_symbology(scan.aim) == row[2]);
        CHECK(engine_message(scan) == (row.size() > 3 ? row[3] : ""));
    }
}

TEST_CASE("element strings are taken or refused as the GS1 vectors say") {
    const auto rows = vectors("aidata_vectors.tsv");
    CHECK(rows.size() == 79);
    for (const auto& row : rows) {
        INFO(row[1]);
        // Without a leading FNC1 the bars are not GS1 bars: a scanner gives them no GS1 identifier.
        const bool is_gs1 = row[1].starts_with('^');
        const auto data = is_gs1 ? replaced(row[1].substr(1), "^", "\x1d") : "";
        CHECK((is_gs1 && std::holds_alternative<Gs1>(parse_element_string(data))) == (row[0] == "true"));
    }
}

TEST_CASE("what floors and printers really send is read, or refused by name and place") {
    const auto rows = vectors("parse_vectors_own.tsv");
    CHECK(rows.size() >= 18);
    for (const auto& row : rows) {
        INFO(row[0]);
        CHECK(outcome(scan_of(row[0])) == row[1]);
    }
}

TEST_CASE("separators stand exactly where they are needed once an element string is written again") {
    const auto gs1 =
        std::get<Gs1>(parse_element_string("0104901234567894\x1d"
                                           "17271231\x1d"
                                           "10AB12\x1d"
                                           "21S1\x1d"));
    CHECK(element_string(gs1) ==
          "01049012345678941727123110AB12\x1d"
          "21S1");
    CHECK(gtin14(gs1) == "04901234567894");
    CHECK(gs1.value_of("10") == "AB12");
    CHECK(gs1.value_of("37").empty());
}

TEST_CASE("an expiry with day 00 is the last of its month, and its century is the nearest") {
    using namespace std::chrono;
    CHECK(gs1_day("270200", 2026) == 2027y / February / 28);
    CHECK(gs1_day("280200", 2026) == 2028y / February / 29);
    CHECK(gs1_day("261124", 2026) == 2026y / November / 24);
    CHECK(gs1_day("760101", 2026) == 2076y / January / 1);
    CHECK(gs1_day("770101", 2026) == 1977y / January / 1);
    CHECK(gs1_day("000101", 2051) == 2100y / January / 1);
    CHECK_FALSE(gs1_day("270230", 2026));
    CHECK_FALSE(gs1_day("271301", 2026));
    CHECK_FALSE(gs1_day("27130", 2026));
    CHECK_FALSE(gs1_day("27-101", 2026));
}

TEST_CASE("goods bars give fourteen digits, wrong ones none") {
    CHECK(gtin14(identify("]E0012345678905")) == "00012345678905");
    CHECK(gtin14(identify("]C10214901234567891"
                          "3712")) == "14901234567891");
    CHECK_FALSE(gtin14(identify("]E04901234567895")));
    CHECK_FALSE(gtin14(identify("]I01234567895")));
    CHECK_FALSE(gtin14(identify("]C04901234567894")));
    CHECK_FALSE(gtin14(identify("]C110AB")));
}

TEST_CASE("what is taken reads the same when it is written again") {
    kenpin::test::holds("taken twice", [] {
        const auto head =
            *rc::gen::element<std::string>("", "0104901234567894", "17271231", "10AB", "37", "422392");
        const auto first = parse_element_string(head + lone_text());
        if (const auto* gs1 = std::get_if<Gs1>(&first)) {
            const auto again = parse_element_string(element_string(*gs1));
            RC_ASSERT(std::get<Gs1>(again).elements == gs1->elements);
        }
    });
}

TEST_CASE("a refusal points into the data, whatever the bytes") {
    kenpin::test::holds("offset inside", [] {
        const auto data =
            *rc::gen::element<std::string>("01", "https://a/01/04901234567894", "https://", "10") +
            lone_text();
        for (const auto* aim : {"]C1", "]Q1"}) {
            const auto reading = gs1_of({{}, aim, data});
            if (!reading) continue;
            if (const auto* refused = std::get_if<Gs1Refusal>(&*reading))
                RC_ASSERT(refused->offset <= data.size());
        }
    });
}
