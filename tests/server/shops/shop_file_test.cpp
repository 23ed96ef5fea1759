#include "server/shops/shop_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include "adaptors/charset/charset.hpp"
#include "places.hpp"
#include "server/plan/table.hpp"

using namespace kenpin;
using namespace kenpin::shops;

namespace {

std::string file(const std::string& path) {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT) + "/" + path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

ShopFile read(const std::string& bytes) {
    auto result = read_shop_file(bytes, rakuten_profile());
    REQUIRE(result);
    return std::move(result).value();
}

plan::Catalogue demo_catalogue() {
    const plan::TextRules plain{
        [](std::string_view bytes) -> Result<std::string> { return std::string(bytes); },
        [](const std::string& name) { return name; }};
    const auto bytes = file("assets/demo/items.csv");
    const auto items = plan::read_table(bytes, ',', plain);
    REQUIRE(items);
    plan::Catalogue catalogue;
    for (const auto& row : items.value().rows) plan::know_item(catalogue, Sku{row.cells[0]});
    return catalogue;
}

plan::IntakeVerdict judged(const plan::ReceivedOrder& order, const plan::Catalogue& catalogue) {
    const plan::ShopRules shop{OwnerId{"OWN1"},
                               ShopId{"RAKUTEN"},
                               CarrierId{"yamato"},
                               "宅急便",
                               domain::WaybillWay::preissued,
                               {},
                               true,
                               {}};
    const plan::Intake intake{
        shop, catalogue, {}, *parse_day("2026-11-24"), 1, BuyerTextId{"b"}, [](std::string_view) {
            return std::string("hash");
        }};
    return plan::judge_order(order, intake);
}

}  // namespace

TEST_CASE("every order of the mall's file for the demo is taken, with the ship day that was expected") {
    const auto orders = read(file("assets/demo/orders-rakuten.csv"));
    CHECK(orders.refused.empty());
    REQUIRE(orders.orders.size() == 48);
    const auto expected = nlohmann::json::parse(file("assets/demo/expected.json"));
    std::map<std::string, std::string> ship_days;
    for (const auto& one : expected["per_shipment"])
        ship_days[one["order"].get<std::string>() + "/" + std::to_string(one["shipment"].get<int>())] =
            one["ship_date"];
    const auto catalogue = demo_catalogue();
    int shipments = 0;
    for (const auto& order : orders.orders) {
        const auto verdict = judged(order, catalogue);
        REQUIRE(std::holds_alternative<plan::Accepted>(verdict));
        const auto& taken = std::get<plan::Accepted>(verdict);
        CHECK(taken.holds.empty());
        for (const auto& shipment : taken.shipments) {
            CHECK(to_text(shipment.ship_day) ==
                  ship_days[taken.order.id.value + "/" + std::to_string(shipment.ship_to)]);
            ++shipments;
        }
    }
    CHECK(shipments == 49);
}

TEST_CASE("an order of the mall is read with its addressee, wishes, sums and the buyer's exact words") {
    const auto orders = read(file("assets/demo/orders-rakuten.csv")).orders;
    const auto wished =
        std::find_if(orders.begin(), orders.end(), [](const auto& o) { return o.wished_slot == "14-16"; });
    REQUIRE(wished != orders.end());
    CHECK(wished->remark.reveal().find("14時～16時") != std::string::npos);
    for (const auto& order : orders) {
        CHECK(order.ship_to[0].name.reveal().find(' ') != std::string::npos);
        CHECK(order.ship_to[0].postcode.reveal().size() == 7);
        const auto& t = order.totals;
        CHECK(t.total.value == t.goods.value + t.shipping.value + t.fee.value - t.discount.value);
    }
}

TEST_CASE("of a file of awkward orders each ends as it must, and none is lost") {
    const auto orders = read(file("tests/data/rakuten/awkward.csv"));
    const auto catalogue = demo_catalogue();
    std::map<std::string, std::string> outcome;
    for (const auto& refused : orders.refused) outcome[refused.number_in_shop] = "reject";
    for (const auto& order : orders.orders) {
        const auto verdict = judged(order, catalogue);
        const auto* taken = std::get_if<plan::Accepted>(&verdict);
        outcome[order.number_in_shop] = !taken ? "reject" : taken->holds.empty() ? "accept" : "hold";
    }
    for (const auto& one : nlohmann::json::parse(file("tests/data/rakuten/awkward.expected.json"))) {
        const auto& outcomes = one["outcomes"];
        const auto number = one["order_no"].get<std::string>();
        CAPTURE(number);
        if (one["kind"] == "D09" || one["kind"] == "D20") {
            CHECK(outcome[number] != "");  // their goods are not all in the demo's master
            continue;
        }
        CHECK(std::find(outcomes.begin(), outcomes.end(), outcome[number]) != outcomes.end());
    }
}

TEST_CASE("the same file in UTF-8 gives the same orders") {
    const auto bytes = file("assets/demo/orders-rakuten.csv");
    const auto utf8 = charset::utf8_from_cp932(bytes);
    REQUIRE(utf8);
    const auto from_cp932 = read(bytes);
    const auto from_utf8 = read(utf8.value());
    CHECK(from_cp932.records == 98);
    REQUIRE(from_utf8.orders.size() == from_cp932.orders.size());
    for (std::size_t i = 0; i < from_utf8.orders.size(); ++i)
        CHECK(plan::canonical_text(from_utf8.orders[i]).reveal() ==
              plan::canonical_text(from_cp932.orders[i]).reveal());
}

TEST_CASE("a row that stands twice counts once; the same line with other content stops the order") {
    const auto bytes = file("assets/demo/orders-rakuten.csv");
    const auto records = plan::split_records(bytes, ',');
    const auto head = std::string(records[0].bytes) + "\r\n";
    const auto row = std::string(records[1].bytes) + "\r\n";
    const auto once = read(head + row);
    const auto twice = read(head + row + row);
    REQUIRE(twice.orders.size() == 1);
    CHECK(twice.orders[0].lines == once.orders.at(0).lines);
    auto other = plan::split_fields(records[1].bytes, ',');
    other[76] = "9";  // 個数
    const auto differs = read(head + row + plan::join_fields(other, ','));
    CHECK(differs.orders.empty());
    REQUIRE(differs.refused.size() == 1);
    CHECK(differs.refused[0].problems.at(0) == plan::Problem{"lines[1].line_no", "not_unique"});
    CHECK(differs.refused[0].records == std::vector<int>{1, 2});
}

TEST_CASE("a file that was cut stops the order it was cut in, not those before") {
    const auto whole = file("assets/demo/orders-rakuten.csv");
    const auto cut = read(whole.substr(0, whole.size() - 300));
    CHECK(cut.orders.size() == 47);
    REQUIRE(cut.refused.size() == 1);
    CHECK(cut.refused[0].problems.at(0).field == "record");
    CHECK(cut.refused[0].number_in_shop.starts_with("298765-"));
}

TEST_CASE("another shop's file is refused with the columns that are not there") {
    const auto result = read_shop_file("order-id\tsku\r\n1\t2\r\n", rakuten_profile());
    REQUIRE_FALSE(result);
    CHECK(result.error().detail.find("注文番号") != std::string::npos);
}

TEST_CASE("no broken byte makes the reader fall over, and every record ends in an order or a refusal") {
    const auto whole = file("assets/demo/orders-rakuten.csv");
    const auto start = whole.find('\n') + 1;
    const auto some = whole.substr(0, start + 4'000);
    CHECK(rc::check([&] {
        auto bytes = some;
        for (int i = *rc::gen::inRange(1, 10); i > 0; --i)
            bytes[*rc::gen::inRange<std::size_t>(start, bytes.size())] = *rc::gen::arbitrary<char>();
        const auto result = read_shop_file(bytes, rakuten_profile());
        RC_ASSERT(static_cast<bool>(result));
        for (const auto& order : result.value().orders) {
            RC_ASSERT(!order.lines.empty());
            RC_ASSERT(!order.ship_to.empty());
        }
        for (const auto& refused : result.value().refused) RC_ASSERT(!refused.problems.empty());
    }));
}
