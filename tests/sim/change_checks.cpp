// What must hold where a shop changed what it had ordered. (The other invariants: invariants.cpp.)
#include <map>
#include <set>

#include "server/store/floor_tasks.hpp"
#include "server/store/shipments.hpp"
#include "tests/sim/invariants.hpp"

namespace kenpin::sim {
namespace {

std::map<Sku, Qty> contents(sqlite::Tx& tx, const store::ShipmentRow& row) {
    std::map<Sku, Qty> in_it;
    for (const auto& line : store::shipment_lines(tx, site, row.owner, row.shipment))
        in_it[line.sku].value += line.verified.value;
    return in_it;
}

}  // namespace

// Of an order that is being changed nobody knows yet which version stands.
void Invariants::check_wanted(sqlite::Tx& tx) {
    for (std::size_t n = 0; n < world_.orders_come_; ++n) {
        const auto& order = world_.goods_.orders[n];
        if (world_.asked_for_ && world_.asked_for_->order == n) continue;
        int times = 0;
        for (const auto& id : store::shipments_of_order(tx, site, order.id())) {
            const auto row = store::shipment_row(tx, site, id);
            if (!row || row->states.work != domain::WorkState::shipped) continue;
            if (++times > 1) story_.broken("order " + order.number + " left twice");
            if (contents(tx, *row) != order.wants)
                story_.broken(id.value + " left with other goods than its shop wanted last");
        }
    }
}

void Invariants::check_void_waybills(sqlite::Tx& tx) {
    std::set<TrackingNo> to_pull_out;
    for (const auto& waybill : store::waybills_to_pull_out(tx, site)) to_pull_out.insert(waybill.tracking);
    const auto check = [&](const TrackingNo& number, bool is_of_now) {
        const auto found = store::find_waybill(tx, site, number);
        if (!found) return;  // the server never heard of it
        const auto row = store::shipment_row(tx, site, found->shipment);
        const bool leaves = is_of_now && row && !domain::is_cancelled(row->states);
        if (leaves == to_pull_out.contains(number))
            story_.broken("waybill " + number.value + " of " + found->shipment.value +
                          (leaves ? " is to be pulled out and still wanted"
                                  : " lies there, will not leave and is not to be pulled out"));
    };
    for (const auto& order : world_.goods_.orders) {
        if (!order.lying_waybill.value.empty()) check(order.lying_waybill, true);
        for (const auto& former : order.former_waybills) check(former, false);
    }
}

}  // namespace kenpin::sim
