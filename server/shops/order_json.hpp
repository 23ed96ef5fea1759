#pragma once
// The body of POST /api/v1/orders (docs/api/order.md) as a received order.
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/plan/intake.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::shops {

/// Characters at most, field by field.
struct OrderLimits {
    static constexpr std::size_t name = 100;  // of a person or firm; of a city
    static constexpr std::size_t postcode = 10;
    static constexpr std::size_t prefecture = 20;
    static constexpr std::size_t street = 200;  // and building
    static constexpr std::size_t phone = 30;
    static constexpr std::size_t sku = 100;
    static constexpr std::size_t goods = 300;
    static constexpr std::size_t remark = 5'000;
    static constexpr std::size_t others = 100;  // numbers, times and kinds: judged by what they mean
};

struct NotJson {};
struct NotAcceptable {
    std::string number_in_shop;  // as far as it could be read
    std::vector<plan::Problem>
        problems;              // every field that is missing, of another kind, or not in the document
    plan::ReceivedOrder read;  // the rest of it, so that what else is wrong is told in the same answer
};
using ParsedOrder = std::variant<plan::ReceivedOrder, NotAcceptable, NotJson>;

/// Never throws, whatever the bytes. Whether the content is right (known item, postcode, …) is judged later
/// by plan::judge_order, whose problems name the same fields.
ParsedOrder parse_order(std::string_view body);

}  // namespace kenpin::shops
