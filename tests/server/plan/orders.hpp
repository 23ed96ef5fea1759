#pragma once
// One invented order for the tests of this folder. Nobody here exists.
#include <string>
#include <string_view>

#include "server/plan/intake.hpp"

namespace kenpin::plan::testing {

inline Addressee somebody(const std::string& name = "例 太郎") {
    const auto p = [](const std::string& text) { return Private<std::string>(text); };
    return {p(name),        p("100-0001"), p("東京都"),      p("千代田区"),
            p("千代田1-1"), p("例ビル2F"), p("03-0000-0000")};
}

inline ReceivedLine line_of(int no, const std::string& code, int qty, int ship_to = 1) {
    return {no, "", code, "リボン", qty, Yen{310}, 10, ship_to};
}

inline ReceivedOrder one_order() {
    ReceivedOrder order;
    order.number_in_shop = "H1003";
    order.ordered_at = *parse_instant("2026-11-23T10:06:00+09:00");
    order.buyer = somebody();
    order.ship_to = {somebody()};
    order.lines = {line_of(1, "G-1", 2), line_of(2, "G-2", 1)};
    order.payment = "card";
    order.totals = {Yen{930}, Yen{550}, Yen{0}, Yen{0}, Yen{1480}};
    return order;
}

inline ReceivedOrder order_to_two() {
    auto order = one_order();
    order.ship_to.push_back(somebody("例 花子"));
    order.lines[1].ship_to = 2;
    return order;
}

inline const Catalogue& catalogue() {
    static const auto known = [] {
        Catalogue items;
        know_item(items, Sku{"G-1"});
        know_item(items, Sku{"G-2"}, {.is_reduced_tax = true});
        know_shop_code(items, "blue-ribbon", {}, {Sku{"G-1"}, Qty{1}});
        return items;
    }();
    return known;
}

inline const ShopRules& honten() {
    static const ShopRules rules{
        OwnerId{"OWN1"}, ShopId{"HONTEN"}, CarrierId{"yamato"}, "宅急便", {}, {}, true, {}};
    return rules;
}

inline const Day today = *parse_day("2026-11-24");

/// At eight in the morning of that day.
inline Intake intake_at(const Day day) {
    return {honten(),
            catalogue(),
            std::nullopt,
            *parse_instant(to_text(day) + "T08:00+09:00"),
            7,
            BuyerTextId{"bt-1"},
            [](std::string_view text) { return std::to_string(std::hash<std::string_view>{}(text)); }};
}

}  // namespace kenpin::plan::testing
