#include "server/plan/intake_codes.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <doctest/doctest.h>

#include "places.hpp"
#include "server/plan/intake.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> codes_in_the_code() {
    std::set<std::string> codes;
    const std::regex code("\"([EW]-[A-Z-]*[A-Z])\"");
    for (const char* folder : {"server/plan", "server/shops", "server/app"})
        for (const auto& entry :
             std::filesystem::directory_iterator(std::filesystem::path(KENPIN_SOURCE_ROOT) / folder)) {
            const auto text = text_of(entry.path());
            for (std::sregex_iterator at(text.begin(), text.end(), code), end; at != end; ++at)
                codes.insert((*at)[1]);
        }
    return codes;
}

}  // namespace

TEST_CASE("every code that intake can give is explained in Japanese and English, with what to do about it") {
    const auto texts =
        read_reason_texts(text_of(std::filesystem::path(KENPIN_SOURCE_ROOT) / "assets/shops/reasons.tsv"));
    REQUIRE(texts);
    std::set<std::string> explained;
    for (const auto& text : texts.value()) CHECK(explained.insert(text.code).second);
    const auto used = codes_in_the_code();
    CHECK(used.size() > 30);
    for (const auto& code : used) {
        INFO(code);
        CHECK(explained.contains(code));
    }
    CHECK_FALSE(read_reason_texts("E-QTY\tja\ten\tdo\t\n"));
}

TEST_CASE("a problem is told by the code of its field") {
    CHECK(code_of({"lines[3].qty", "out_of_range"}) == "E-QTY");
    CHECK(code_of({"recipients[1].postcode", "missing"}) == "E-POSTCODE");
    CHECK(code_of({"record", "columns"}) == "E-COLUMNS");
    CHECK(code_of({"totals.goods_yen", "does_not_add_up"}) == "E-TOTAL");
    CHECK(codes_of({{"lines[0].sku", "unknown_item"}, {"lines[1].sku", "unknown_item"}}) ==
          std::vector<std::string>{"E-SKU"});
    CHECK(codes_of({{"totals.goods_yen", "does_not_add_up"}, {"lines[0].qty", "out_of_range"}}) ==
          std::vector<std::string>{"E-QTY"});  // the cause, not what follows from it
}

TEST_CASE("a doubt holds, a note only tells") {
    CHECK(hold_of("E-UNPAID") == domain::HoldReason::unpaid);
    CHECK(hold_of("E-SLOT") == domain::HoldReason::to_confirm);
    CHECK(hold_of("W-ADDR-MISMATCH") == domain::HoldReason::address);
    CHECK_FALSE(hold_of("W-HALFKANA").has_value());
}
