#pragma once
// Which shipments travel on one cart, in which slot (間口), and in which walking order their lines are
// picked. This is the door behind which a better planner will stand; the first one goes: what leaves earliest
// first, in batches of a cart, walked zone by zone along the aisles in a serpentine.
//
//   aisle 1 ──bay 1 → n──┐
//   aisle 2 ──bay n ← 1──┘   even aisles of a zone are walked backwards
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/limits.hpp"
#include "core/base/time.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::routes {

/// Where a shelf stands. Zones are walked in the order of their names.
struct Place {
    std::string zone;
    int aisle = 0, bay = 0, level = 0;
};
/// A shelf that is not in the layout is walked last, in the order of its code.
using Layout = std::map<LocationCode, Place>;

struct ShipmentToPick {
    ShipmentId shipment;
    CarrierId carrier;
    Day ship_day;
    std::vector<protocol::StartedLine> lines;  // shelf and lot chosen; number and slot are set by the plan
};

struct CartRules {
    int slots_per_cart = limits::slots_per_cart;  // >= 1
};

struct CartPlan {
    std::vector<protocol::StartedSlot> slots;  // numbered from 1, one shipment each
    std::vector<protocol::StartedLine> lines;  // numbered from 1 in walking order
};

/// Every shipment stands in exactly one slot of one cart, every line on that cart. Shipments without lines to
/// pick get no slot. The same input in another order gives the same plan.
std::vector<CartPlan> plan_carts(std::vector<ShipmentToPick> shipments, const CartRules& rules,
                                 const Layout& layout);

}  // namespace kenpin::routes
