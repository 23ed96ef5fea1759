#pragma once
// A shipment as the rules of packing see it.
#include <optional>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/domain/verify_pack.hpp"

namespace kenpin::store {

/// Lines, pieces and labels of a shipment as they stand, without the codes of its goods (goods_codes() adds
/// them). Nothing when nobody knows the shipment. `stopped`: it is held or cancelled.
std::optional<domain::PackTask> pack_task(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);

}  // namespace kenpin::store
