#pragma once
// An order as a shop's system sends it over the API, for an invented buyer.
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace kenpin::support {

struct OrderedGoods {
    std::string sku;
    int qty = 1;
};

inline std::string order_json(const std::string& number, const std::vector<OrderedGoods>& goods,
                              const std::string& ordered_at = "2026-11-24T07:00:00+09:00") {
    constexpr int price_yen = 100;
    auto lines = nlohmann::json::array();
    int total = 0;
    for (const auto& wanted : goods) {
        total += wanted.qty * price_yen;
        lines.push_back({{"line_no", static_cast<int>(lines.size()) + 1},
                         {"sku", wanted.sku},
                         {"name", "品"},
                         {"qty", wanted.qty},
                         {"unit_price_yen", price_yen},
                         {"tax_rate_percent", 10}});
    }
    return nlohmann::json{{"v", 1},
                          {"order_no", number},
                          {"ordered_at", ordered_at},
                          {"buyer",
                           {{"name", "例 太郎"},
                            {"postcode", "1000001"},
                            {"prefecture", "東京都"},
                            {"city", "千代田区"},
                            {"street", "千代田1-1"},
                            {"building", ""},
                            {"phone", "090-0000-0000"}}},
                          {"lines", lines},
                          {"payment", "card"},
                          {"totals",
                           {{"goods_yen", total},
                            {"shipping_yen", 0},
                            {"fee_yen", 0},
                            {"discount_yen", 0},
                            {"total_yen", total}}}}
        .dump();
}

}  // namespace kenpin::support
