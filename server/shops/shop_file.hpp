#pragma once
// A shop's order file becomes received orders. Rows of one order are gathered wherever they stand, an order
// is judged as a whole, and what cannot be read is named by its record and field, never by its content.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "server/plan/intake.hpp"
#include "server/plan/received_order.hpp"
#include "server/shops/shop_profile.hpp"

namespace kenpin::shops {

struct RefusedRecord {
    std::string number_in_shop;  // empty when even that cannot be read
    std::vector<int> records;    // 1.. data records of the file
    std::vector<plan::Problem> problems;
};
struct ShopFile {
    std::vector<plan::ReceivedOrder> orders;  // in the order of their first record
    std::vector<RefusedRecord> refused;
    int records = 0;
};

/// Each record may be CP932 or UTF-8. A row that stands twice counts once. Errors: corrupt (no header, or
/// columns of the profile are missing: the detail names them).
Result<ShopFile> read_shop_file(std::string_view bytes, const ShopProfile& profile);

}  // namespace kenpin::shops
