#include "server/shops/order_json.hpp"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include "places.hpp"

using namespace kenpin;
using namespace kenpin::shops;
using Json = nlohmann::json;

namespace {

Json demo_orders() {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT) + "/assets/demo/orders-honten.json");
    return Json::parse(in);
}

plan::ReceivedOrder taken(const Json& body) {
    const auto parsed = parse_order(body.dump());
    REQUIRE(std::holds_alternative<plan::ReceivedOrder>(parsed));
    return std::get<plan::ReceivedOrder>(parsed);
}

using Problems = std::vector<plan::Problem>;
Problems problems(const Json& body) {
    const auto parsed = parse_order(body.dump());
    REQUIRE(std::holds_alternative<NotAcceptable>(parsed));
    return std::get<NotAcceptable>(parsed).problems;
}

}  // namespace

TEST_CASE("all orders of the demo's second shop are read") {
    int shipments = 0;
    for (const auto& body : demo_orders()) shipments += static_cast<int>(taken(body).ship_to.size());
    CHECK(demo_orders().size() == 24);
    CHECK(shipments == 25);
}

TEST_CASE("an order without recipients goes to its buyer") {
    const auto order = taken(demo_orders()[0]);
    CHECK(order.number_in_shop == "H1001");
    REQUIRE(order.ship_to.size() == 1);
    CHECK(order.ship_to[0].name.reveal() == order.buyer.name.reveal());
    CHECK(order.lines.size() == 4);
    CHECK(order.totals.total == Yen{2170});
}

TEST_CASE("each line of an order to several goes to the recipient it names") {
    for (const auto& body : demo_orders()) {
        if (!body.contains("recipients") || body["recipients"].is_null()) continue;
        const auto order = taken(body);
        CHECK(order.ship_to.size() == 2);
        CHECK(order.lines.front().ship_to == 1);
        CHECK(order.lines.back().ship_to == 2);
    }
}

TEST_CASE("every field that is wrong is named, without its content") {
    auto body = demo_orders()[0];
    body["lines"][0]["qty"] = 0;
    CHECK(problems(body).at(0) == plan::Problem{"lines[0].qty", "out_of_range"});
    body = demo_orders()[0];
    body["lines"][1]["qty"] = "2";
    CHECK(problems(body).at(0) == plan::Problem{"lines[1].qty", "wrong_type"});
    body = demo_orders()[0];
    body["buyer"].erase("phone");
    CHECK(problems(body) == Problems{{"buyer.phone", "missing"}});
    body = demo_orders()[0];
    body["ordered_at"] = "yesterday";
    CHECK(problems(body) == Problems{{"ordered_at", "bad_value"}});
    body = demo_orders()[0];
    body["payment"] = "shells";
    CHECK(problems(body) == Problems{{"payment", "bad_value"}});
}

TEST_CASE("a field that we do not know is refused rather than overlooked") {
    auto body = demo_orders()[0];
    body["lines"][0]["colour"] = "red";
    CHECK(problems(body) == Problems{{"lines[0].colour", "unknown_field"}});
}

TEST_CASE("sums that do not add up stop the order") {
    auto body = demo_orders()[0];
    body["totals"]["total_yen"] = 1;
    CHECK(problems(body) == Problems{{"totals.total_yen", "does_not_add_up"}});
}

TEST_CASE("a line for somebody who is not in the order, or two recipients of one number, stop it") {
    auto body = demo_orders()[0];
    body["lines"][0]["recipient_no"] = 1;
    CHECK(problems(body) == Problems{{"lines[0].recipient_no", "no_recipients"}});
    body = demo_orders()[0];
    auto somebody = body["buyer"];
    somebody["recipient_no"] = 1;
    body["recipients"] = {somebody, somebody};
    for (auto& line : body["lines"]) line["recipient_no"] = 1;
    CHECK(problems(body) == Problems{{"recipients[1].recipient_no", "not_unique"}});
    body["recipients"] = Json::array({somebody});
    body["lines"][0]["recipient_no"] = 2;
    CHECK(problems(body) == Problems{{"lines[0].recipient_no", "out_of_range"}});
}

TEST_CASE("what is not JSON is said to be not JSON") {
    for (const char* body : {"", "{", "\xFF", "{\"v\":1,}"})
        CHECK(std::holds_alternative<NotJson>(parse_order(body)));
    CHECK(std::holds_alternative<NotAcceptable>(parse_order("[]")));
    CHECK(std::holds_alternative<NotAcceptable>(parse_order("7")));
}

TEST_CASE("no body makes the reader fall over, near right or far off") {
    CHECK(rc::check([](const std::string& bytes) { (void)parse_order(bytes); }));  // only that it returns
    const auto whole = demo_orders()[2].dump();
    CHECK(rc::check([&] {
        auto bytes = whole;
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i)
            bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] =
                *rc::gen::elementOf(std::string("{}[],:\"0-9eEtn\\u"));
        (void)parse_order(bytes);  // only that it returns
    }));
}

TEST_CASE("any value in the place of any other is a named problem or an order") {
    const auto whole = demo_orders()[2].flatten();
    const std::vector<Json> strange{nullptr,       true,          -1, 1e300, 18446744073709551615U, "", "x",
                                    Json::array(), Json::object()};
    CHECK(rc::check([&] {
        auto flat = whole;
        auto at = flat.begin();
        std::advance(at, *rc::gen::inRange<int>(0, static_cast<int>(flat.size())));
        *at = *rc::gen::elementOf(strange);
        Json body;
        if (at->is_structured() && !at->empty()) return;
        try {
            body = flat.unflatten();
        } catch (const Json::exception&) {
            return;  // the test's own tool cannot build it
        }
        const auto parsed = parse_order(body.dump());
        RC_ASSERT(!std::holds_alternative<NotJson>(parsed));
        if (const auto* wrong = std::get_if<NotAcceptable>(&parsed)) RC_ASSERT(!wrong->problems.empty());
    }));
}

TEST_CASE("a text that is too long is refused rather than cut; characters count, not bytes") {
    auto body = demo_orders()[0];
    const auto of = [](const std::string& character, std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += character;
        return text;
    };
    body["buyer"]["name"] = of("𠮷", OrderLimits::name);
    body["remark"] = of("あ", OrderLimits::remark);
    (void)taken(body);
    body["buyer"]["name"] = of("𠮷", OrderLimits::name + 1);
    body["remark"] = of("あ", OrderLimits::remark + 1);
    body["lines"][0]["sku"] = of("A", OrderLimits::sku + 1);
    CHECK(problems(body) ==
          Problems{{"buyer.name", "too_long"}, {"lines[0].sku", "too_long"}, {"remark", "too_long"}});
}
