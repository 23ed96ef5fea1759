// Each format of assets/shops reads a file of its shop. A new format comes with its file here.
#include "server/app/shop_profiles.hpp"

#include <fstream>
#include <iterator>
#include <map>

#include <doctest/doctest.h>

#include "places.hpp"
#include "server/shops/shop_file.hpp"

using namespace kenpin;

namespace {

const std::vector<shops::ShopProfile>& profiles() {
    static const auto all = app::read_shop_profiles(std::string(KENPIN_SOURCE_ROOT) + "/assets/shops");
    if (!all) FAIL(all.error().detail);
    return all.value();
}

struct Orders {
    std::string bytes;
    shops::OpenFilePtr file;
    std::string profile;
    std::map<std::string, shops::ShopOrder> by_number;
};

Orders read(const std::string& name) {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT) + "/tests/data/" + name, std::ios::binary);
    REQUIRE(in.good());
    Orders orders;
    orders.bytes = {std::istreambuf_iterator<char>(in), {}};
    const auto header = shops::read_header(orders.bytes);
    REQUIRE(header);
    const auto known = shops::recognise(profiles(), header.value().header);
    REQUIRE(known);
    orders.profile = known->profile->name;
    auto records = shops::read_records(
        orders.bytes, known->profile->has_quotes ? shops::Quotes::wrap : shops::Quotes::content);
    REQUIRE(records);
    orders.file = shops::open_file(name, std::move(records).value());
    for (auto& order : shops::read_shop_file(*known->profile, *orders.file, {}).orders)
        orders.by_number.emplace(order.read.order.number_in_shop, std::move(order));
    return orders;
}

}  // namespace

TEST_CASE("every shop's file is known by its header, whatever it is called") {
    const std::map<std::string, std::string> files = {
        {"floor/small/rakuten.csv", "rakuten"},    {"floor/small/amazon.txt", "amazon"},
        {"floor/small/shopify.csv", "shopify"},    {"floor/small/nextengine.csv", "nextengine"},
        {"floor/small/yahoo_orders.csv", "yahoo"}, {"shops/eccube4.csv", "eccube4"},
        {"shops/makeshop.csv", "makeshop"},        {"shops/generic.tsv", "generic"}};
    for (const auto& [name, profile] : files) CHECK(read(name).profile == profile);
    CHECK(profiles().size() == files.size());
    CHECK_FALSE(shops::recognise(profiles(), {"code", "price"}));
}

TEST_CASE("EC-CUBE: rows of shipping are no goods, each addressee is one, unpaid orders are seen") {
    const auto orders = read("shops/eccube4.csv");
    CHECK(orders.by_number.at("1001").read.order.lines.size() == 1);
    CHECK(orders.by_number.at("1001").read.problems.empty());
    CHECK_FALSE(orders.by_number.at("1002").read.order.is_paid);
    CHECK(orders.by_number.at("1002").read.order.wished_slot == "14-16");
    CHECK(orders.by_number.at("1003").read.order.ship_to.size() == 2);
}

TEST_CASE("makeshop: day and time stand apart, addresses are one text, のし has its column") {
    const auto orders = read("shops/makeshop.csv");
    const auto& first = orders.by_number.at("P000000000000000001").read;
    CHECK(first.problems.empty());
    CHECK(first.order.ordered_at == parse_instant("2026-11-23T10:33:09+09:00"));
    CHECK(first.order.ship_to.at(0).prefecture.reveal() == "大阪府");
    CHECK(first.order.noshi.kind.reveal() == "内祝");
    CHECK_FALSE(orders.by_number.at("P000000000000000002").read.order.is_paid);
    CHECK(orders.by_number.at("P000000000000000003").read.order.lines.at(0).options.reveal() == "カラー:赤");
}

TEST_CASE("generic: a TSV in UTF-8, a lost zero of the postcode put back") {
    const auto orders = read("shops/generic.tsv");
    CHECK(orders.by_number.at("T-1").read.order.ship_to.at(0).name.reveal() == "𠮷田 花子");
    CHECK(orders.by_number.at("T-1").read.order.is_gift);
    CHECK(orders.by_number.at("T-2").read.order.lines.size() == 2);
    CHECK(orders.by_number.at("T-3").read.order.ship_to.at(0).postcode.reveal() == "0600042");
    CHECK_FALSE(orders.by_number.at("T-4").read.order.is_paid);
}
