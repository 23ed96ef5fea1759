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

TEST_CASE("each wish and each sum of an order is part of what it says") {
    const auto differs = [](const auto& change) {
        auto other = one_order();
        change(other);
        return text_of(other) != text_of(one_order());
    };
    CHECK(differs([](auto& o) { o.cod = Yen{9'000}; }));
    CHECK(differs([](auto& o) { o.wants_slip = false; }));
    CHECK(differs([](auto& o) { o.is_gift = !o.is_gift; }));
    CHECK(differs([](auto& o) { o.payment = "cod"; }));
    CHECK(differs([](auto& o) { o.wished_day = parse_day("2026-11-30"); }));
    CHECK(differs([](auto& o) { o.wished_slot = "AM"; }));
    CHECK(differs([](auto& o) { o.noshi.kind = Written("御祝"); }));
    CHECK(differs([](auto& o) { o.noshi.name = Written("例"); }));
    CHECK(differs([](auto& o) { o.wrapping = Private<std::string>("青"); }));
    CHECK(differs([](auto& o) { o.message = Private<std::string>("おめでとう"); }));
    CHECK(differs([](auto& o) { o.written.shipping_method = Written("メール便"); }));
    CHECK(differs([](auto& o) { o.written.temperature = Written("冷蔵"); }));
    CHECK(differs([](auto& o) { o.written.delivery_place = Written("玄関"); }));
    CHECK(differs([](auto& o) { o.texts.push_back({"備考", Voice::buyer, Private<std::string>("x")}); }));
    CHECK(differs([](auto& o) { o.totals.total.value += 1; }));
    CHECK(differs([](auto& o) { o.totals.discount.value += 1; }));
    CHECK(differs([](auto& o) { o.lines[0].unit_price.value += 1; }));
    CHECK(differs([](auto& o) { o.lines[0].options = Private<std::string>("色:赤"); }));
    CHECK(differs([](auto& o) { o.buyer.phone = Private<std::string>("09000000000"); }));
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
