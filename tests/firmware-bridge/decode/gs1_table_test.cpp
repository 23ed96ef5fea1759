#include "firmware-bridge/decode/gs1_table.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "firmware-bridge/decode/gs1_value.hpp"
#include "tests/firmware-bridge/decode/vectors.hpp"

using namespace kenpin::decode;
using kenpin::test::vectors;

namespace {

/// The first word of each part's format, as the dictionary writes it: "N13", "[X..17]".
std::string shape(const Part& part) {
    const char* sets = "NXYZ";
    std::string text(1, sets[static_cast<int>(part.set)]);
    text += (part.least == part.most ? "" : "..") + std::to_string(part.most);
    return part.is_optional ? "[" + text + "]" : text;
}

std::string shapes(const AiRow& row) {
    std::string text;
    for (const auto& part : row.format()) text += (text.empty() ? "" : " ") + shape(part);
    return text;
}

std::string without_rules(const std::string& format) {
    std::string text;
    bool is_rule = false;
    for (const char c : format) {
        is_rule = c == ',' || (is_rule && c != ' ');
        if (!is_rule) text.push_back(c);
    }
    return text;
}

std::optional<ValueFault> fault(const char* ai, std::string_view value) {
    return check_value(*find_ai(ai), value);
}

}  // namespace

TEST_CASE("the table in the program is the dictionary's, row by row") {
    const auto rows = vectors("ai_table.tsv");
    REQUIRE(rows.size() == 224);
    REQUIRE(ai_table().size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& ours = ai_table()[i];
        INFO(rows[i][0]);
        const auto ai = ours.first == ours.last ? std::string(ours.first)
                                                : std::string(ours.first) + "-" + std::string(ours.last);
        CHECK(ai == rows[i][0]);
        CHECK(ours.ends_by_length == (rows[i][1] == "fnc1=no"));
        CHECK(shapes(ours) == without_rules(rows[i][2]));
        CHECK(ours.title == (rows[i].size() > 3 ? rows[i][3] : ""));
    }
}

TEST_CASE("no identifier begins another, so the first that fits is the only one") {
    for (const auto& row : ai_table()) {
        CHECK(find_ai(row.first) == &row);
        CHECK(find_ai(row.last) == &row);
    }
    CHECK(find_ai("3106") == nullptr);
    CHECK(find_ai("0") == nullptr);
    CHECK(find_ai("") == nullptr);
}

TEST_CASE("each rule of the table takes what it should and names what it should not") {
    const struct {
        const char* ai;
        std::string_view good, bad;
        ValueFault expected;
    } all[] = {
        {"01", "04901234567894", "04901234567895", {Gs1Fault::check_digit, 13}},
        {"00", "349012345123456781", "349012345123456782", {Gs1Fault::check_digit, 17}},
        {"17", "270200", "271301", {Gs1Fault::bad_month, 2}},
        {"17", "280229", "270229", {Gs1Fault::bad_day, 4}},
        {"4326", "271231", "271200", {Gs1Fault::bad_day, 4}},
        {"7250", "20000229", "19000229", {Gs1Fault::bad_day, 6}},
        {"7003", "2712312359", "2712312400", {Gs1Fault::bad_time, 6}},
        {"7003", "2712312359", "2712312360", {Gs1Fault::bad_time, 8}},
        {"8008", "27123123", "271231235960", {Gs1Fault::bad_time, 10}},
        {"4309", "18000000003600000000", "18000000013600000000", {Gs1Fault::bad_value, 0}},
        {"4321", "1", "2", {Gs1Fault::bad_value, 0}},
        {"4330", "000100-", "000100+", {Gs1Fault::bad_value, 6}},
        {"4300", "A%20B", "A%2", {Gs1Fault::bad_escape, 1}},
        {"8001", "12341234512398", "00001234512398", {Gs1Fault::bad_value, 0}},
        {"8001", "12341234512398", "12341234512328", {Gs1Fault::bad_value, 12}},
        {"8003", "02112345678900", "12112345678900", {Gs1Fault::bad_value, 0}},
        {"8006", "049012345678940102", "049012345678940302", {Gs1Fault::bad_value, 14}},
        {"8007", "GB82WEST12345698765432", "GB83WEST12345698765432", {Gs1Fault::check_digit, 0}},
        {"8010", "49012#A/1", "49012#a", {Gs1Fault::bad_character, 6}},
        {"8011", "12", "012", {Gs1Fault::bad_value, 0}},
        {"8013", "1987654Ad4X4bL5ttr2310c2K", "1987654Ad4X4bL5ttr2310c2L", {Gs1Fault::check_digit, 23}},
        {"8004", "4901A", "490A", {Gs1Fault::bad_value, 0}},
        {"7252", "9", "3", {Gs1Fault::bad_value, 0}},
        {"7258", "1/3", "4/3", {Gs1Fault::bad_value, 0}},
        {"4307", "JP", "J1", {Gs1Fault::bad_value, 0}},
        {"30", "12", "1 2", {Gs1Fault::not_a_digit, 1}},
        {"10", "AB-1", "AB\x7f", {Gs1Fault::bad_character, 2}},
        {"422", "392", "39", {Gs1Fault::too_short, 2}},
        {"422", "392", "3921", {Gs1Fault::too_long, 3}},
        {"8030", "aZ_-=", "a+b", {Gs1Fault::bad_character, 1}},
    };
    for (const auto& row : all) {
        INFO(row.ai, " ", row.bad);
        CHECK_FALSE(fault(row.ai, row.good));
        CHECK(fault(row.ai, row.bad) == row.expected);
    }
}

TEST_CASE("every fault has its own name") {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Gs1Fault::bad_escape); ++i)
        names.push_back(name(static_cast<Gs1Fault>(i)));
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    CHECK(names.front() != "");
}
