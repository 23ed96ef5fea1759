#pragma once
// Putting goods back (棚戻し): goods taken for a shipment that does not leave are scanned to a shelf, and are
// sellable only then.
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/domain/goods.hpp"

namespace kenpin::plan {

/// Goods of one lot that wait to be put back.
struct PutBackTask {
    ShipmentId shipment{};
    Sku sku{};
    LotNo lot{};
    LocationCode location{};  // where they came from
    Qty left{};               // >= 1
    std::vector<domain::ItemCode> codes{};
};

/// What was scanned: the item's code and the shelf's. `left`: how many were left when the person looked, so
/// that a request that comes twice puts back once.
struct PutBackScan {
    ShipmentId shipment{};
    std::string item{}, location{};
    Qty left{};
};

struct PutBack {
    Sku sku{};
    LotNo lot{};
    LocationCode location{};
    Qty qty{};
};
struct PutBackRefused {
    std::string reason;  // "wrong_item" | "wrong_location" | "too_many" | "done_already"
};
using PutBackVerdict = std::variant<PutBack, PutBackRefused>;

/// `tasks`: of that shipment. `shelves`: all that the site has.
PutBackVerdict judge_put_back(const PutBackScan& scan, const std::vector<PutBackTask>& tasks,
                              const std::vector<LocationCode>& shelves);

}  // namespace kenpin::plan
