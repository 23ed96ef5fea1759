#include "server/plan/check_order.hpp"

#include <functional>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "tests/server/plan/orders.hpp"

using namespace kenpin;
using namespace kenpin::plan;
using namespace kenpin::plan::testing;

namespace {

std::vector<Problem> problems_after(const std::function<void(ReceivedOrder&)>& change) {
    auto order = one_order();
    change(order);
    return problems_of(order, catalogue());
}
using Problems = std::vector<Problem>;

}  // namespace

TEST_CASE("a whole order has no problems") {
    CHECK(problems_of(one_order(), catalogue()).empty());
    CHECK(problems_of(order_to_two(), catalogue()).empty());
}

TEST_CASE("an order without an address, a postcode or goods is not an order") {
    CHECK(problems_after([](auto& o) { o.ship_to[0].street = Private<std::string>(" "); }) ==
          Problems{{"buyer.street", "missing"}});
    CHECK(problems_after([](auto& o) { o.ship_to[0].postcode = Private<std::string>(); }) ==
          Problems{{"buyer.postcode", "missing"}});
    CHECK(problems_after([](auto& o) { o.ship_to[0].postcode = Private<std::string>("000-0000"); }) ==
          Problems{{"buyer.postcode", "out_of_range"}});
    CHECK(problems_after([](auto& o) { o.lines.clear(); }).back() == Problem{"lines", "missing"});
}

TEST_CASE("nought pieces, minus one and more than a line may hold are refused") {
    for (const int qty : {0, -1, limits::units_per_line + 1})
        CHECK(problems_after([&](auto& o) { o.lines[0].qty = qty; }) ==
              Problems{{"lines[0].qty", "out_of_range"}});
}

TEST_CASE("a time band that we do not know stops the order") {
    CHECK(problems_after([](auto& o) { o.wished_slot = "20-21"; }) == Problems{{"slot", "bad_value"}});
    CHECK(problems_after([](auto& o) { o.wished_slot = "AM"; }).empty());
}

TEST_CASE("a cancelled order is not taken") {
    CHECK(problems_after([](auto& o) { o.is_cancelled = true; }) == Problems{{"status", "cancelled"}});
}

TEST_CASE("an addressee who gets nothing, and a line for nobody, are problems") {
    CHECK(problems_after([](auto& o) { o.ship_to.push_back(somebody()); }) ==
          Problems{{"recipients[1]", "no_lines"}});
    CHECK(problems_after([](auto& o) { o.lines[1].ship_to = 2; }) ==
          Problems{{"lines[1].recipient_no", "out_of_range"}});
}

TEST_CASE("an order with more lines than the limit is refused without looking at each") {
    const auto problems = problems_after([](auto& o) {
        for (int no = 3; no <= limits::lines_per_order + 1; ++no) o.lines.push_back(line_of(no, "?", 0));
    });
    CHECK(problems == Problems{{"lines", "too_many"}});
}

TEST_CASE("order numbers are printable and short") {
    CHECK(is_order_number("298765-20261123-0000003577"));
    CHECK(is_order_number("#1519"));
    CHECK_FALSE(is_order_number(""));
    CHECK_FALSE(is_order_number("A B"));
    CHECK_FALSE(is_order_number(std::string(51, '1')));
}

TEST_CASE("what else is wrong is told with what could not be read, but not what follows from it") {
    auto order = one_order();
    order.ship_to[0].phone = Private<std::string>();
    order.lines[0].code = "NOBODY";
    order.lines[0].qty = 0;
    const Problems read = {{"lines[0].qty", "wrong_type"}, {"remark", "too_long"}};
    CHECK(all_problems(read, order, catalogue()) == Problems{{"lines[0].qty", "wrong_type"},
                                                             {"remark", "too_long"},
                                                             {"buyer.phone", "missing"},
                                                             {"lines[0].sku", "unknown_item"}});
    order.lines.clear();
    CHECK(all_problems({{"lines", "wrong_type"}, {"buyer", "missing"}}, order, catalogue()).size() == 2);
}
