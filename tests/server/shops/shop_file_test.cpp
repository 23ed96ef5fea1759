// Orders out of files: which rows are one order, and what becomes of rows that are damaged, double or at
// odds.
#include "server/shops/shop_file.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "server/plan/check_order.hpp"

using namespace kenpin;
using namespace kenpin::shops;

namespace {

// A small format: a number for each line, or not.
ShopProfile format(const std::string& line_number = "line") {
    ShopProfile profile;
    profile.name = "test";
    profile.marks = {"no", "sku"};
    profile.order_number = "no";
    profile.ordered_at = {"at"};
    profile.line.number = line_number;
    profile.line.item_code = {"sku"};
    profile.line.qty = "qty";
    profile.line.price = "price";
    profile.goods_total = "goods";
    profile.texts = {{"remark", plan::Voice::buyer, true, {}}};
    profile.ship_to.name = {"name"};
    profile.ship_to.street = {"street"};
    profile.buyer = profile.ship_to;
    return profile;
}

const std::string header = "no,at,line,sku,qty,price,goods,name,street,remark\n";
const std::string row_1 = "A1,2026-11-23 10:00:00,1,G-1,2,100,300,例 太郎,東京都例1-1,\n";
const std::string row_2 = "A1,2026-11-23 10:00:00,2,G-2,1,100,300,例 太郎,東京都例1-1,\n";

struct Read {
    OpenFilePtr file;
    ShopFile shop;
};
Read read(const std::string& bytes, const ShopProfile& profile = format()) {
    static std::vector<std::string> kept;  // rows point into it
    kept.push_back(bytes);
    auto records = read_records(kept.back(), Quotes::wrap);
    REQUIRE(records);
    Read result{open_file("orders.csv", std::move(records).value()), {}};
    result.shop = read_shop_file(profile, *result.file, LinePool{});
    return result;
}

bool has_problem(const ShopOrder& order, const std::string& reason) {
    return std::any_of(order.read.problems.begin(), order.read.problems.end(),
                       [&](const auto& problem) { return problem.reason == reason; });
}
bool has_doubt(const ShopOrder& order, const std::string& code) {
    const auto& doubts = order.read.doubts;
    return std::find(doubts.begin(), doubts.end(), code) != doubts.end();
}

}  // namespace

TEST_CASE("rows of one number are one order") {
    const auto file = read(header + row_1 + row_2);
    REQUIRE(file.shop.orders.size() == 1);
    CHECK(file.shop.orders[0].read.problems.empty());
    CHECK(file.shop.orders[0].read.order.lines.size() == 2);
    CHECK(file.shop.orders[0].read.order.ship_to.at(0).prefecture.reveal() == "東京都");
}

TEST_CASE("a numbered line that stands twice counts once, and the second record is skipped") {
    const auto file = read(header + row_1 + row_1 + row_2);
    CHECK(file.shop.orders.at(0).read.order.lines.size() == 2);
    REQUIRE(file.shop.odd.size() == 1);
    CHECK(file.shop.odd[0].record == 2);
    CHECK(file.shop.odd[0].code == "E-DUP-SAME");
}

TEST_CASE("lines without a number that stand twice are counted as the order's sum says") {
    const auto once = "A1,2026-11-23 10:00:00,,G-1,1,100,100,例 太郎,東京都例1-1,\n";
    const auto both = "A1,2026-11-23 10:00:00,,G-1,1,100,200,例 太郎,東京都例1-1,\n";
    CHECK(read(header + once + once, format("")).shop.orders.at(0).read.order.lines.size() == 1);
    CHECK(read(header + both + both, format("")).shop.orders.at(0).read.order.lines.size() == 2);
    auto without_sum = format("");
    without_sum.goods_total = "";
    CHECK(has_doubt(read(header + once + once, without_sum).shop.orders.at(0), "E-DUP-LINE"));
}

TEST_CASE("the same number with another address is a copy between which a person decides") {
    const auto moved_1 = "A1,2026-11-23 10:00:00,1,G-1,2,100,300,例 太郎,大阪府例2-2,\n";
    const auto moved_2 = "A1,2026-11-23 10:00:00,2,G-2,1,100,300,例 太郎,大阪府例2-2,\n";
    const auto file = read(header + row_1 + row_2 + moved_1 + moved_2);
    REQUIRE(file.shop.orders.size() == 2);
    CHECK(has_doubt(file.shop.orders[0], "E-DUP-CONFLICT"));
    CHECK(file.shop.orders[0].read.order.lines.size() == 2);
    CHECK(file.shop.orders[1].standing == Standing::conflict_copy);
}

TEST_CASE("rows that contradict each other without being whole copies stop the order") {
    const auto other_street = "A1,2026-11-23 10:00:00,2,G-2,1,100,300,例 太郎,大阪府例2-2,\n";
    const auto file = read(header + row_1 + other_street);
    CHECK(has_problem(file.shop.orders.at(0), "contradicts"));
}

TEST_CASE("one damaged record stops its whole order and no other") {
    const auto file = read(header + row_1 + "A1,2026-11-23,2\n" +
                           "B1,2026-11-23 10:00:00,1,G-1,1,100,100,例,東京都例1-1,\n");
    REQUIRE(file.shop.orders.size() == 2);
    CHECK(has_problem(file.shop.orders[0], "columns"));
    CHECK(file.shop.orders[1].read.problems.empty());
}

TEST_CASE("an order whose lines do not add up has lost some") {
    CHECK(has_problem(read(header + row_1).shop.orders.at(0), "does_not_add_up"));
}

TEST_CASE("where the file ends without a line end, its last order must prove that it is whole") {
    const auto whole = read(header + row_1 + row_2.substr(0, row_2.size() - 1));
    CHECK(has_problem(whole.shop.orders.at(0), "cut_off"));  // the remark may have lost its end
    auto no_remark = format();
    no_remark.texts.clear();
    CHECK(read(header + row_1 + row_2.substr(0, row_2.size() - 1), no_remark)
              .shop.orders.at(0)
              .read.problems.empty());
}

TEST_CASE("a file that ends within an order number may have lost a line of the order before") {
    auto no_sum = format();
    no_sum.goods_total = "";
    const auto cut = read(header + row_1 + "A", no_sum);
    CHECK(has_problem(cut.shop.orders.at(0), "cut_off"));
    CHECK_FALSE(has_problem(read(header + row_1 + "B", no_sum).shop.orders.at(0), "cut_off"));
    CHECK_FALSE(has_problem(read(header + row_1 + row_2 + "A").shop.orders.at(0), "cut_off"));  // it adds up
}

TEST_CASE("a column that stands twice and says two things stops its orders") {
    auto doubled = header;
    doubled.insert(doubled.size() - 1, ",sku");
    CHECK(has_problem(
        read(doubled + "A1,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,,G-2\n").shop.orders.at(0),
        "columns"));
    CHECK_FALSE(has_problem(
        read(doubled + "A1,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,,G-1\n").shop.orders.at(0),
        "columns"));
}

TEST_CASE("numbers that a spreadsheet broke are no order numbers") {
    const auto file = read(header + "4.2E+17,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,\n" +
                           ",2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,\n");
    REQUIRE(file.shop.orders.size() == 2);
    CHECK(has_problem(file.shop.orders[0], "out_of_range"));
    CHECK(file.shop.orders[1].standing == Standing::no_order);
}

TEST_CASE("a quantity is read or refused, never guessed") {
    const auto with = [](const std::string& qty, const std::string& sum) {
        return read(header + "A1,2026-11-23 10:00:00,1,G-1," + qty + ",100," + sum + ",例,東京都例1-1,\n");
    };
    CHECK(with("１２", "1200").shop.orders.at(0).read.problems.empty());
    CHECK(with("2.0", "200").shop.orders.at(0).read.problems.empty());
    for (const char* qty : {"2個", "1e2", "", "1.5", "99999999999999999999"})
        CHECK_FALSE(with(qty, "100").shop.orders.at(0).read.problems.empty());
}

TEST_CASE("what a slot or a day says that nobody knows holds the order and does not refuse it") {
    auto profile = format();
    profile.wished_slot = "remark";
    const auto file =
        read(header + "A1,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,22:00-24:00\n", profile);
    CHECK(has_doubt(file.shop.orders.at(0), "E-SLOT"));
    CHECK(file.shop.orders.at(0).read.problems.empty());
}

TEST_CASE("two wished days that differ hold the order: neither is guessed") {
    auto profile = format();
    profile.wished_day = "day";
    profile.texts = {{"remark", plan::Voice::buyer, true, {{"希望日", "day"}}}};
    const auto order = [&](const std::string& day, const std::string& remark) {
        return read(
                   "no,at,line,sku,qty,price,goods,name,street,remark,day\n"
                   "A1,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,\"" +
                       remark + "\"," + day + "\n",
                   profile)
            .shop.orders.at(0);
    };
    CHECK(order("2026-11-28", "[希望日:]\n2026-12-20").read.order.wished_day == std::nullopt);
    CHECK(has_doubt(order("2026-11-28", "[希望日:]\n2026-12-20"), "E-DATE"));
    CHECK_FALSE(has_doubt(order("2026-11-28", "[希望日:]\n2026/11/28(土)"), "E-DATE"));
    CHECK(order("", "[希望日:]\n2026-12-20").read.order.wished_day == parse_day("2026-12-20"));
}

TEST_CASE("two wishes for noshi or card that differ hold the order, and both are shown") {
    auto profile = format();
    profile.noshi = "noshi";
    profile.texts = {{"remark", plan::Voice::buyer, true, {{"のし", "noshi"}, {"カード", "message"}}}};
    const auto order = [&](const std::string& noshi, const std::string& remark) {
        return read(
                   "no,at,line,sku,qty,price,goods,name,street,remark,noshi\n"
                   "A1,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,\"" +
                       remark + "\"," + noshi + "\n",
                   profile)
            .shop.orders.at(0);
    };
    const auto two = order("内祝", "[のし:]\n御歳暮");
    CHECK(has_doubt(two, "E-GIFT-WORDS"));
    CHECK(two.read.order.noshi.kind.reveal().find("内祝") != std::string::npos);
    CHECK(two.read.order.noshi.kind.reveal().find("御歳暮") != std::string::npos);
    CHECK_FALSE(has_doubt(order("内祝", "[のし:]\n内祝"), "E-GIFT-WORDS"));
    CHECK_FALSE(has_doubt(order("", "[のし:]\n御歳暮"), "E-GIFT-WORDS"));
    CHECK(has_doubt(order("", "[カード:]\nおめでとう\n[カード:]\nありがとう"), "E-GIFT-WORDS"));
}

TEST_CASE("what is collected on delivery fits what the order costs, or a person is asked") {
    auto profile = format();
    profile.payment = "pay";
    profile.payments = {{"代引", "cod"}};
    profile.cod_amount = "cod";
    profile.total = "total";
    const auto asks = [&](const std::string& total, const std::string& cod) {
        const auto file = read(
            "no,at,line,sku,qty,price,goods,name,street,remark,pay,total,cod\n"
            "A1,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,,代引," +
                total + "," + cod + "\n",
            profile);
        return has_doubt(file.shop.orders.at(0), "E-COD-AMOUNT");
    };
    CHECK_FALSE(asks("300", "300"));
    CHECK_FALSE(asks("630", "630"));  // with a fee that stands in no column of its own
    CHECK_FALSE(asks("630", ""));
    CHECK(asks("300", "1"));
    CHECK(asks("7", ""));
}

TEST_CASE("the price of a line that does not divide by its pieces still adds up") {
    auto profile = format();
    profile.line.price_is_of_line = true;
    const auto file = read(header + "A1,2026-11-23 10:00:00,1,G-1,3,1000,1000,例,東京都例1-1,\n", profile);
    CHECK(file.shop.orders.at(0).read.problems.empty());
}

TEST_CASE("an order's own records come back byte for byte, and read again they are the same order") {
    const auto file =
        read(header + row_1 + "X9,2026-11-23 10:00:00,1,G-1,3,100,300,例,東京都例1-1,\n" + row_2);
    const auto kept = read_kept(kept_text(format(), file.shop.orders.at(0).rows).reveal());
    REQUIRE(kept);
    CHECK(kept.value().profile == "test");
    REQUIRE(kept.value().parts.size() == 1);
    CHECK(kept.value().parts[0].records ==
          std::vector<std::pair<int, std::string>>{{1, row_1.substr(0, row_1.size() - 1)},
                                                   {3, row_2.substr(0, row_2.size() - 1)}});
    const auto again = read(as_file(kept.value().parts[0]));
    CHECK(plan::canonical_text(again.shop.orders.at(0).read.order).reveal() ==
          plan::canonical_text(file.shop.orders.at(0).read.order).reveal());
    CHECK_FALSE(read_kept("9:short"));
}

TEST_CASE("lines in a file of their own join their order; those of no order are left over") {
    auto profile = format();
    profile.lines_marks = {"order", "line", "sku"};
    profile.lines_order_number = "order";
    const std::string heads =
        "no,at,goods,name,street,remark\nA1,2026-11-23 10:00:00,300,例,東京都例1-1,\nB1,2026-11-23 "
        "10:00:00,300,例,東京都例1-1,\n";
    const std::string lines = "order,line,sku,qty,price\nA1,1,G-1,3,100\nZ9,1,G-1,1,100\n";
    LinePool pool;
    pool.add(profile, open_file("items.csv", std::move(read_records(lines, Quotes::wrap)).value()));
    const auto file = open_file("orders.csv", std::move(read_records(heads, Quotes::wrap)).value());
    const auto read = read_shop_file(profile, *file, pool);
    REQUIRE(read.orders.size() == 2);
    CHECK(read.orders[0].read.problems.empty());
    CHECK(has_problem(read.orders[1], "in_no_file"));
    REQUIRE(pool.not_asked_for().size() == 1);
    CHECK(pool.not_asked_for()[0].number == "Z9");
}
