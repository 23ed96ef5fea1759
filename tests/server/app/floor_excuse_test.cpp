#include "tests/server/app/floor_excuse.hpp"

#include <doctest/doctest.h>

#include "places.hpp"

using namespace kenpin::test;
using nlohmann::json;

namespace {

const GoodsMeasures goods = {{"CARD", {200, 120, 10, 50}},
                             {"LONG", {345, 200, 10, 50}},
                             {"BOX", {200, 120, 80, 400}},
                             {"BOOK", {200, 120, 15, 700}}};

json order(const json& lines, const std::string& key = "amazon:1") {
    return {{"key", key}, {"kind", ""}, {"date", ""},
            {"slot", ""}, {"cod", 0},   {"shipments", {{{"lines", lines}}}}};
}
json told(const json& handling, const json& codes = json::array()) {
    return {{"handling", handling}, {"codes", codes}};
}
json lines_of(const std::string& sku, int qty) {
    return json::array({json::array({sku, qty})});
}

}  // namespace

TEST_CASE("a letter that the shop names no service for may be told as mail, anything bigger may not") {
    const auto may_say_mail = [&](const json& want) {
        return flags_nobody_can_know(want, told({"MAIL"}), goods).contains("MAIL");
    };
    CHECK(may_say_mail(order(lines_of("CARD", 3))));
    CHECK_FALSE(may_say_mail(order(lines_of("CARD", 4))));  // 4 cm
    CHECK_FALSE(may_say_mail(order(lines_of("BOOK", 2))));  // 1.4 kg
    CHECK_FALSE(may_say_mail(order(lines_of("LONG", 1))));  // 34.5 cm
    CHECK_FALSE(may_say_mail(order(lines_of("BOX", 1))));
    CHECK_FALSE(may_say_mail(order(lines_of("NOBODY", 1))));
    CHECK_FALSE(may_say_mail(order(lines_of("CARD", -1))));
    CHECK_FALSE(may_say_mail(order(lines_of("CARD", 1), "rakuten:1")));
    auto wished = order(lines_of("CARD", 1));
    wished["date"] = "2026-11-30";
    CHECK_FALSE(may_say_mail(wished));
}

TEST_CASE("mail left out is excused only where the goods are no letter") {
    const auto may_be_silent = [&](const json& want) {
        return flags_nobody_can_know(want, told(json::array()), goods).contains("MAIL");
    };
    CHECK(may_be_silent(order(lines_of("LONG", 1))));
    CHECK_FALSE(may_be_silent(order(lines_of("CARD", 1))));
}

TEST_CASE("a band that nobody knows may be told, never left out, and only with the question about it") {
    auto want = order(lines_of("CARD", 1), "yahoo:1");
    want["kind"] = "D17";
    const auto excuses = [&](const json& got) {
        return flags_nobody_can_know(want, got, goods).contains("SLOT");
    };
    CHECK(excuses(told({"SLOT"}, {"E-SLOT"})));
    CHECK_FALSE(excuses(told({"SLOT"})));
    CHECK_FALSE(excuses(told(json::array(), {"E-SLOT"})));
    want["slot"] = "am";
    CHECK_FALSE(excuses(told({"SLOT"}, {"E-SLOT"})));
}

TEST_CASE("the measures are those of the items' master") {
    const auto all = goods_measures(std::string(KENPIN_SOURCE_ROOT) + "/tests/data/floor/master/items.csv");
    REQUIRE(all.contains("G-10002"));
    const auto& globe = all.at("G-10002");
    CHECK(globe.longest == 335);
    CHECK(globe.middle == 242);
    CHECK(globe.thickness == 111);
    CHECK(globe.weight == 3810);
}
