#include "server/routes/cart_plan.hpp"

#include <algorithm>
#include <tuple>

#include "core/base/check.hpp"

namespace kenpin::routes {
namespace {

// Smaller is walked earlier.
struct Steps {
    bool is_unknown = false;
    std::string zone;
    int aisle = 0, bay = 0, level = 0;
    LocationCode code;
    auto operator<=>(const Steps&) const = default;
};

Steps steps_to(const LocationCode& location, const Layout& layout) {
    const auto found = layout.find(location);
    if (found == layout.end()) return {true, {}, 0, 0, 0, location};
    const auto& place = found->second;
    const bool is_backwards = place.aisle % 2 == 0;
    return {false, place.zone, place.aisle, is_backwards ? -place.bay : place.bay, place.level, location};
}

void sort_by_due(std::vector<ShipmentToPick>& shipments) {
    std::sort(shipments.begin(), shipments.end(), [](const auto& a, const auto& b) {
        return std::tie(a.ship_day, a.carrier, a.shipment) < std::tie(b.ship_day, b.carrier, b.shipment);
    });
}

void load(CartPlan& cart, const ShipmentToPick& shipment) {
    const SlotNo slot{static_cast<int>(cart.slots.size()) + 1};
    cart.slots.push_back({slot, shipment.shipment});
    for (auto line : shipment.lines) {
        line.shipment = shipment.shipment;
        line.slot = slot;
        cart.lines.push_back(std::move(line));
    }
}

// At one shelf goods of one item are picked for all slots one after the other.
void put_in_walking_order(CartPlan& cart, const Layout& layout) {
    const auto key = [&](const protocol::StartedLine& line) {
        return std::tuple(steps_to(line.location, layout), line.sku, line.lot, line.slot, line.shipment_line);
    };
    std::sort(cart.lines.begin(), cart.lines.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    int no = 0;
    for (auto& line : cart.lines) line.no = LineNo{++no};
}

}  // namespace

std::vector<CartPlan> plan_carts(std::vector<ShipmentToPick> shipments, const CartRules& rules,
                                 const Layout& layout) {
    KENPIN_CHECK(rules.slots_per_cart >= 1);
    sort_by_due(shipments);
    std::vector<CartPlan> carts;
    for (const auto& shipment : shipments) {
        if (shipment.lines.empty()) continue;
        if (carts.empty() || std::ssize(carts.back().slots) == rules.slots_per_cart) carts.emplace_back();
        load(carts.back(), shipment);
    }
    for (auto& cart : carts) put_in_walking_order(cart, layout);
    return carts;
}

}  // namespace kenpin::routes
