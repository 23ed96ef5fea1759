// The rules over every order of the floor data: its orders as expected.json tells them, judged again. Whether
// the files are read rightly is tested where they are read; here only what follows from an order.
// KENPIN_FLOOR=/folder with small, medium, large takes another copy than tests/data/floor.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "server/plan/address_check.hpp"
#include "server/plan/consolidation.hpp"
#include "server/plan/handling.hpp"
#include "server/plan/table.hpp"
#include "tests/server/plan/handling_assets.hpp"
#include "tests/server/plan/unpacked.hpp"

using namespace kenpin;
using namespace kenpin::plan;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

fs::path floor_folder() {
    const char* other = std::getenv("KENPIN_FLOOR");
    return other != nullptr ? fs::path(other) : fs::path(KENPIN_SOURCE_ROOT) / "tests/data/floor";
}

std::map<std::string, std::string> temperatures() {
    const auto table =
        read_table(test::unpacked(floor_folder() / "master/items.csv"), ',',
                   {[](std::string_view bytes) { return Result<std::string>(std::string(bytes)); },
                    [](const std::string& name) { return name; }});
    REQUIRE(table);
    std::map<std::string, std::string> zones;
    const auto zone = *column(table.value(), "temp_zone");
    for (const auto& row : table.value().rows) zones[row.cells[0]] = row.cells[zone];
    return zones;
}

std::vector<json> orders_of(const fs::path& set, const json& expected) {
    if (expected.contains("orders")) return expected["orders"].get<std::vector<json>>();
    std::vector<json> orders;
    const auto lines = test::unpacked(set / "expected_orders.jsonl.gz");
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) orders.push_back(json::parse(line));
    return orders;
}

Written written(const json& value) {
    return Written(value.get<std::string>());
}

ReceivedOrder received(const json& order) {
    ReceivedOrder result;
    for (const auto& to : order["shipments"])
        result.ship_to.push_back({written(to["name"]), written(to["zip"]), written(to["pref"]),
                                  written(to["city"]), written(to["town"]), written(to["bldg"]),
                                  written(to["tel"])});
    result.wished_slot = order["slot"].get<std::string>();
    result.wished_day = parse_day(order["date"].get<std::string>());
    result.is_gift = order["gift"] == 1;
    result.noshi.kind = written(order["noshi"]);
    result.payment = order["pay"].get<std::string>();
    result.written.shipping_method = written(order["method"]);
    result.texts = {{"remark", Voice::buyer, written(order["remark"])}};
    return result;
}

GoodsFacts goods_of(const json& order, const std::map<std::string, std::string>& zones) {
    GoodsFacts goods;
    for (const auto& to : order["shipments"])
        for (const auto& line : to["lines"])
            if (const auto zone = zones.find(line[0].get<std::string>()); zone != zones.end())
                goods.temperatures.insert(zone->second);
    return goods;
}

WaitingOrder waiting(const json& order, const AddresseeHashes& hashes) {
    WaitingOrder result;
    result.order = OrderId{order["key"].get<std::string>()};
    result.shop = ShopId{result.order.value.substr(0, result.order.value.find(':'))};
    result.addressee = hashes;
    result.is_cod = order["pay"] == "cod";
    result.wished_day = parse_day(order["date"].get<std::string>());
    result.temperature = order["temp"].get<std::string>();
    result.is_gift = order["gift"] == 1;
    return result;
}

using Groups = std::set<std::set<std::string>>;

Groups expected_groups(const json& expected) {
    Groups groups;
    for (const auto& group : expected["consolidation"]) groups.insert(group.get<std::set<std::string>>());
    return groups;
}

Groups found_groups(const std::vector<json>& orders) {
    auto forms = read_kanji_forms(test::asset("handling/kanji.tsv"));
    REQUIRE(forms);
    const Matching matching{test::nfkc, std::move(forms).value()};
    const KeyedHash hash = [](std::string_view text) { return std::string(text); };
    std::vector<WaitingOrder> all;
    for (const auto& order : orders)
        if (order["expect"] == json::array({"accept"}) && order["shipments"].size() == 1)
            all.push_back(waiting(order, hashes_of(received(order).ship_to[0], matching, hash)));
    Groups groups;
    for (const auto& same : consolidations(all, AcrossShops::of_one_owner)) {
        std::set<std::string> keys;
        for (const auto& id : same.orders) keys.insert(id.value);
        groups.insert(keys);
    }
    return groups;
}

void check_addresses(const std::vector<json>& orders) {
    static const auto postcodes =
        Postcodes::read(test::unpacked(std::string(KENPIN_SOURCE_ROOT) + "/assets/postcodes.tsv.gz"));
    REQUIRE(postcodes);
    const std::map<std::string, std::vector<std::string>> codes = {{"D02", {"E-ADDRESS"}},
                                                                   {"D03", {"E-POSTCODE"}},
                                                                   {"D18", {"E-POSTCODE"}},
                                                                   {"D20", {"W-ADDR-MISMATCH"}}};
    for (const auto& order : orders) {
        const auto awkward = codes.find(order["kind"].get<std::string>());
        INFO(order["key"].get<std::string>());
        for (const auto& who : received(order).ship_to)
            CHECK(address_codes(who, postcodes.value()) ==
                  (awkward == codes.end() ? std::vector<std::string>{} : awkward->second));
    }
}

void check_set(const std::string& name) {
    const auto set = floor_folder() / name;
    if (!fs::exists(set)) return;
    const auto expected = json::parse(test::unpacked(set / "expected.json"));
    const auto orders = orders_of(set, expected);
    const auto zones = temperatures();
    for (const auto& order : orders) {
        INFO(order["key"].get<std::string>());
        const auto handling =
            handling_of(received(order), goods_of(order, zones), test::handling_words(), test::nfkc);
        CHECK(handling.flags == order["handling"].get<std::set<std::string>>());
    }
    check_addresses(orders);
    CHECK(found_groups(orders) == expected_groups(expected));
}

}  // namespace

TEST_CASE("every order of the small set is marked and paired as expected") {
    check_set("small");
}
TEST_CASE("every order of the medium set is marked and paired as expected") {
    check_set("medium");
}
TEST_CASE("every order of the large set is marked and paired as expected") {
    check_set("large");
}
