// Whatever a shop's system, a spreadsheet or a broken disk makes of a file: no reader falls over, every
// record belongs to something that is told, and what was kept reads again.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "places.hpp"
#include "server/app/shop_profiles.hpp"
#include "server/shops/labelled_text.hpp"
#include "server/shops/shop_file.hpp"
#include "server/shops/values.hpp"
#include "tests/support/fuzz.hpp"

using namespace kenpin;
using namespace kenpin::shops;
using test::Dice;

namespace {

namespace fs = std::filesystem;

const std::vector<ShopProfile>& profiles() {
    static const auto all = app::read_shop_profiles(std::string(KENPIN_SOURCE_ROOT) + "/assets/shops");
    REQUIRE(all);
    return all.value();
}

std::string file(const std::string& name) {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT) + "/tests/data/" + name, std::ios::binary);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), {}};
}

// The header stays mostly whole: without it nothing behind is read.
std::string damaged_file(Dice& dice, const std::string& good) {
    const auto header = good.find('\n') + 1;
    const auto start = header + dice() % (good.size() - header);
    auto body = good.substr(start, dice() % 6'000);
    if (const auto line = good.find('\n', start); dice() % 2 && line != std::string::npos)
        body = good.substr(line + 1, dice() % 6'000);
    auto bytes = good.substr(0, header) + test::damaged(dice, body);
    return dice() % 16 == 0 ? test::damaged(dice, bytes) : bytes;
}

void read_whatever_it_is(const std::string& bytes) {
    const auto header = read_header(bytes);
    if (!header) return;
    const auto known = recognise(profiles(), header.value().header);
    if (!known) return;
    auto records = read_records(bytes, known->profile->has_quotes ? Quotes::wrap : Quotes::content);
    REQUIRE(records);
    const auto opened = open_file("f", std::move(records).value());
    LinePool pool;
    const auto read = read_shop_file(*known->profile, *opened, pool);
    std::size_t told = read.odd.size();
    for (const auto& order : read.orders) {
        told += order.rows.size();
        CHECK_FALSE(order.read.order.ship_to.empty());
        const auto kept = read_kept(kept_text(*known->profile, order.rows).reveal());
        REQUIRE(kept);
        for (const auto& part : kept.value().parts) CHECK(read_header(as_file(part)));
    }
    CHECK(told >= opened->records.records.size());
}

}  // namespace

TEST_CASE("damaged files of every shop are read to their end") {
    std::vector<std::string> good;
    for (const char* name : {"rakuten.csv", "amazon.txt", "nextengine.csv", "shopify.csv", "yahoo_orders.csv",
                             "yahoo_items.csv"})
        good.push_back(file("floor/small/" + std::string(name)));
    for (const char* name : {"eccube4.csv", "makeshop.csv", "generic.tsv"})
        good.push_back(file("shops/" + std::string(name)));
    test::fuzz(11, [&](Dice& dice) {
        if (dice() % 200) return;  // a file is long: a few in each round
        read_whatever_it_is(damaged_file(dice, good[dice() % good.size()]));
    });
}

TEST_CASE("values and texts with anything in them are read or refused") {
    test::fuzz(12, [](Dice& dice) {
        const auto text = test::any_bytes(dice, "0123456789-/:.,='\"E+時年月日[]~ \xE3\x80\x80", 40);
        (void)shop_day(plain_value(text));
        (void)shop_instant(plain_value(text));
        (void)shop_slot(plain_value(text));
        (void)yen_number(text);
        (void)count_number(text);
        (void)postcode_of(text);
        (void)phone_of(text);
        (void)prefecture_in_front(text);
        (void)prefecture_of_code(text);
        const Meanings labels = {{"のし", "noshi"}, {"備考", "remark"}, {"1", "day"}};
        for (const auto style : {LabelStyle::sections, LabelStyle::any})
            for (const auto& part : labelled_parts(text, labels, style))
                CHECK(part.text.size() <= text.size());
    });
}
