#pragma once
// The body of POST /api/v1/orders (docs/api/order.md) as a received order.
#include <string_view>
#include <variant>
#include <vector>

#include "server/plan/intake.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::shops {

struct NotJson {};
struct NotAcceptable {
    std::string number_in_shop;  // as far as it could be read
    std::vector<plan::Problem>
        problems;  // every field that is missing, of another kind, or not in the document
};
using ParsedOrder = std::variant<plan::ReceivedOrder, NotAcceptable, NotJson>;

/// Never throws, whatever the bytes. Whether the content is right (known item, postcode, …) is judged later
/// by plan::judge_order, whose problems name the same fields.
ParsedOrder parse_order(std::string_view body);

}  // namespace kenpin::shops
