#include "printers/layout/invoice.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::layout;

namespace {

SlipLine line(int quantity, std::int64_t price, int percent) {
    return {"", "品", {quantity}, {price}, percent};
}

}  // namespace

TEST_CASE("tax is rounded once per rate, not per line") {
    // Three lines of 108 yen at 8 %: 8 yen of tax each, 24 together; per line of 105 it would lose yens.
    const auto sums = sums_of({line(1, 105, 8), line(1, 105, 8), line(1, 105, 8)}, true);
    REQUIRE(sums.rates.size() == 1);
    CHECK(sums.rates.front().tax.value == 23);  // 315 * 8 / 108 = 23.3; per line 7.7 -> 7, three times 21
    CHECK(sums.total.value == 315);
}

TEST_CASE("each rate has its own sum, the higher one first, discounts count in their rate") {
    const auto sums = sums_of({line(2, 540, 8), line(1, 1'100, 10), line(1, -110, 10)}, true);
    REQUIRE(sums.rates.size() == 2);
    CHECK(sums.rates[0].percent == 10);
    CHECK(sums.rates[0].amount.value == 990);
    CHECK(sums.rates[0].tax.value == 90);
    CHECK(sums.rates[1].amount.value == 1'080);
    CHECK(sums.rates[1].tax.value == 80);
    CHECK(sums.total.value == 2'070);
}

TEST_CASE("prices without tax get it added once") {
    const auto sums = sums_of({line(3, 333, 10)}, false);
    CHECK(sums.rates.front().tax.value == 99);
    CHECK(sums.total.value == 1'098);
}
