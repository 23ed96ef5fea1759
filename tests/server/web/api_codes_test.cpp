#include "server/web/api_codes.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::web;

namespace {

std::vector<std::string> faults(const std::string& body) {
    const auto parsed = parse_code_meaning(body);
    REQUIRE(parsed);
    std::vector<std::string> all;
    if (const auto* wrong = std::get_if<std::vector<Reason>>(&*parsed))
        for (const auto& reason : *wrong) all.push_back(reason.field + " " + reason.reason);
    return all;
}
using Faults = std::vector<std::string>;

}  // namespace

TEST_CASE("what a code means is read whole: shop, code, options, items with their units") {
    const auto parsed = parse_code_meaning(
        R"({"shop":"HONTEN","code":"GIFT","options":"色:赤","items":[{"sku":"A","units":2},{"sku":"B"}]})");
    REQUIRE(parsed);
    const auto& meaning = std::get<CodeMeaning>(*parsed);
    CHECK(meaning.shop == ShopId{"HONTEN"});
    CHECK(meaning.code == "GIFT");
    CHECK(meaning.options == "色:赤");
    REQUIRE(meaning.items.size() == 2);
    CHECK(meaning.items[0].units == Qty{2});
    CHECK(meaning.items[1].sku == Sku{"B"});
    CHECK(meaning.items[1].units == Qty{1});
}

TEST_CASE("all that is wrong with an answer is told at once") {
    CHECK(faults("{}") == Faults{"code missing", "items missing"});
    CHECK(faults(R"({"code":"A","items":[]})") == Faults{"items missing"});
    CHECK(faults(R"({"code":1,"items":"A"})") == Faults{"code wrong_type", "items wrong_type"});
    CHECK(faults(R"({"code":"A","items":[{"units":1},{"sku":"A","units":0},{"sku":"A","units":"2"},7]})") ==
          Faults{"items[0].sku missing", "items[1].units out_of_range", "items[2].units wrong_type",
                 "items[2].sku not_unique", "items[3] wrong_type"});
    CHECK(faults(R"({"code":"A","items":[{"sku":"A","units":9223372036854775808}]})") ==
          Faults{"items[0].units out_of_range"});
    CHECK(faults(R"({"code":"A","items":[{"sku":"A"}],"qty":2})") == Faults{"qty unknown_field"});
}

TEST_CASE("what is no JSON object says nothing about a code") {
    for (const char* body : {"", "[]", "7", "{"}) CHECK_FALSE(parse_code_meaning(body));
}
