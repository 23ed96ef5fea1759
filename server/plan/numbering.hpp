#pragma once
// Numbers that Kenpin gives: shipments, picking lists, and tracking numbers (送り状番号) from a range that a
// carrier gave a shop. The running numbers themselves are kept by the store; here is only how they look.
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/ids.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::plan {

/// "S0000123"; `running` >= 1. Fits into a code of ours.
ShipmentId shipment_id(std::int64_t running);
/// "P000045"; `running` >= 1.
ListId list_id(std::int64_t running);

/// Contracted numbers of a shop with a carrier: the first eleven digits; the twelfth is their check digit.
struct NumberRange {
    ShopId shop;
    CarrierId carrier;
    std::int64_t first = 0;
    std::int64_t last = 0;  // inclusive
    std::int64_t next = 0;  // first <= next <= last + 1; last + 1: used up
    bool operator==(const NumberRange&) const = default;
};

/// Eleven digits with leading zeros and their check digit (mod 7). `eleven` is 0 .. 99'999'999'999.
TrackingNo tracking_number(std::int64_t eleven);
/// How many are left.
std::int64_t numbers_left(const NumberRange& range);
/// The next number, which is thereby used for ever; nothing when the range is used up.
std::optional<TrackingNo> take_number(NumberRange& range);

/// How many numbers a shipment of `pieces` needs by the carrier's rule.
int numbers_needed(domain::TrackingCovers covers, int pieces);
/// A number for every piece, 1.. : all the same when one number covers all. Nothing, and the range untouched,
/// when too few are left.
std::optional<std::vector<TrackingNo>> take_numbers(NumberRange& range, domain::TrackingCovers covers,
                                                    int pieces);

}  // namespace kenpin::plan
