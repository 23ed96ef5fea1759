#pragma once
// An order (受注) as a shop sold it to one buyer, without anything that says who the buyer is: names and
// addresses lie sealed under `buyer_text` on the server (DOMAIN, invariant 7).
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::domain {

struct OrderLine {
    LineNo no;  // 1.. within the order
    Sku sku;
    Qty qty;  // >= 1
    Yen unit_price;
    int tax_rate_percent = 10;  // 8 or 10
    std::string name;           // as the shop calls the item
    int ship_to = 1;            // which addressee of the order, 1..
    bool operator==(const OrderLine&) const = default;
};

struct Order {
    OwnerId owner;
    ShopId shop;
    OrderId id;
    std::string number_in_shop;
    Instant ordered_at;
    std::optional<Day> wished_day;  // お届け日指定
    std::string wished_slot;        // 時間帯 as the carrier's table names it, empty: none
    bool is_gift = false;           // no prices on the slip
    Yen shipping, fee, discount, total;
    BuyerTextId buyer_text;
    std::string
        content_hash;  // over everything received, personal data included; decides "same" or "conflict"
    std::vector<OrderLine> lines;
    bool operator==(const Order&) const = default;
};

}  // namespace kenpin::domain
