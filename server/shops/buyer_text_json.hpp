#pragma once
// The text that is sealed for an order, and read again after it was opened. JSON with "v": 1.
#include <string>
#include <string_view>

#include "core/base/private.hpp"
#include "core/base/result.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::shops {

Private<std::string> to_json(const plan::BuyerText& text);
/// Errors: corrupt. The detail names no content.
Result<plan::BuyerText> buyer_text_from_json(std::string_view json);

}  // namespace kenpin::shops
