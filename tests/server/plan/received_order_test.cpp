#include "server/plan/received_order.hpp"

#include <doctest/doctest.h>

#include "tests/server/plan/orders.hpp"

using namespace kenpin;
using namespace kenpin::plan;
using namespace kenpin::plan::testing;

namespace {
std::string text_of(const ReceivedOrder& order) {
    return canonical_text(order).reveal();
}
}  // namespace

TEST_CASE("the same order in another file, at another place, has the same text") {
    auto again = one_order();
    again.records = {17, 18};
    std::swap(again.lines[0], again.lines[1]);
    CHECK(text_of(again) == text_of(one_order()));
}

TEST_CASE("any change of what was ordered, or where it goes, changes the text") {
    const auto text = text_of(one_order());
    auto other = one_order();
    other.lines[0].qty = 3;
    CHECK(text_of(other) != text);
    other = one_order();
    other.ship_to[0].street = Private<std::string>("千代田1-2");
    CHECK(text_of(other) != text);
    other = one_order();
    other.remark = Private<std::string>("のし希望");
    CHECK(text_of(other) != text);
}

TEST_CASE("content cannot be moved from one field to the next unseen") {
    auto left = one_order();
    auto right = one_order();
    left.buyer.city = Private<std::string>("千代田区千代田");
    left.buyer.street = Private<std::string>("1-1");
    right.buyer.city = Private<std::string>("千代田区");
    right.buyer.street = Private<std::string>("千代田1-1");
    CHECK(text_of(left) != text_of(right));
}

TEST_CASE("that the money came in later does not make it another order") {
    auto unpaid = one_order();
    unpaid.is_paid = false;
    CHECK(text_of(unpaid) == text_of(one_order()));
}

TEST_CASE("a wish that was understood may be written in another way the next time, another wish may not") {
    auto plain = one_order(), by_spreadsheet = one_order();
    plain.wished_day = by_spreadsheet.wished_day = parse_day("2026-11-28");
    plain.written.day = Written("2026-11-28");
    by_spreadsheet.written.day = Written("2026/11/28 0:00");
    CHECK(text_of(plain) == text_of(by_spreadsheet));
    by_spreadsheet.wished_day = parse_day("2026-11-29");
    CHECK(text_of(plain) != text_of(by_spreadsheet));
    auto strange = one_order(), stranger = one_order();
    strange.written.slot = Written("22:00-24:00");
    stranger.written.slot = Written("深夜");
    CHECK(text_of(strange) != text_of(stranger));
}
