// What must hold where a picker did not find the goods (欠品). (The other invariants: invariants.cpp.)
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "server/store/events.hpp"
#include "server/store/floor.hpp"
#include "server/store/floor_tasks.hpp"
#include "server/store/shipments.hpp"
#include "tests/sim/invariants.hpp"

namespace kenpin::sim {
namespace {

constexpr int all_of_them = 1'000'000;

/// What the events say of it, in the server's order, those without effect left out.
struct Told {
    std::map<std::pair<ListId, LineNo>, int> missing;
    std::set<ShipmentId> shipments;
    std::set<std::pair<Sku, LocationCode>> blocked;  // now
    std::vector<std::string> broken;

    void take(const protocol::ShortageFound& found) {
        missing[{found.list, found.line}] += found.missing.value;
        shipments.insert(found.shipment);
        blocked.emplace(found.sku, found.location);
    }
    void take(const protocol::ShelfFreed& freed) { blocked.erase({freed.sku, freed.location}); }
    void take(const protocol::ListStarted& started) {
        for (const auto& line : started.lines)
            if (blocked.contains({line.sku, line.location}))
                broken.push_back("list " + started.list.value + " sends its picker to " +
                                 line.location.value + ", where nobody found " + line.sku.value);
    }
    void take(const protocol::ShipmentShipped& shipped) {
        if (shipments.contains(shipped.shipment))
            broken.push_back(shipped.shipment.value + " left although goods of it were not on their shelf");
    }
    void take(const auto&) {}
};

Told told_of(sqlite::Tx& tx) {
    std::set<std::tuple<DeviceId, Epoch, Seq>> without_effect;
    for (const auto& row :
         tx.rows<DeviceId, Epoch, Seq>("SELECT device, epoch, seq FROM evidence WHERE site = ?", site))
        without_effect.insert(row);
    Told told;
    for (const auto& stored : store::events_after(tx, site, 0, all_of_them)) {
        const auto& event = stored.event;
        if (!without_effect.contains({event.device, event.epoch, event.seq}))
            std::visit([&](const auto& body) { told.take(body); }, event.body);
    }
    return told;
}

}  // namespace

// A shipment that is short is held for its shop's answer, or was cancelled; it never leaves. The shelf is
// blocked from then on until somebody counted it, and promises exactly what is still to be taken from it.
void Invariants::check_shortages(sqlite::Tx& tx) {
    auto told = told_of(tx);
    for (const auto& broken : told.broken) story_.broken(broken);
    for (const auto& [list, line, missing] :
         tx.rows<ListId, LineNo, int>("SELECT list, line, missing FROM pick_line WHERE site = ?", site))
        if (told.missing[{list, line}] != missing)
            story_.broken("of line " + std::to_string(line.value) + " of list " + list.value + " " +
                          std::to_string(missing) + " pieces are missing, pickers told of " +
                          std::to_string(told.missing[{list, line}]));
    std::set<std::pair<Sku, LocationCode>> blocked;
    for (const auto& shelf : store::blocked_shelves(tx, site)) blocked.emplace(shelf.sku, shelf.location);
    if (blocked != told.blocked)
        story_.broken("other shelves are blocked than those where goods were missing");
    for (const auto& row : store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = all_of_them}))
        if (told.shipments.contains(row.shipment) && !domain::is_cancelled(row.states) &&
            !row.states.holds.contains(domain::HoldReason::shortage))
            story_.broken(row.shipment.value + " is short and does not wait for its shop");
    for (const auto& [sku, location, promised, to_take] : tx.rows<Sku, LocationCode, int, int>(
             "SELECT sku, location, CAST(shelved AS BIGINT), CAST((SELECT coalesce(sum(a.left_to_take), 0) "
             "FROM shelf_allocation a WHERE a.site = stock.site AND a.owner = stock.owner AND a.sku = "
             "stock.sku AND a.location = stock.location AND a.lot = stock.lot) AS BIGINT) FROM stock WHERE "
             "site = ?",
             site))
        if (promised != to_take)
            story_.broken(location.value + " promises " + std::to_string(promised) + " of " + sku.value +
                          ", " + std::to_string(to_take) + " are still to be taken");
}

}  // namespace kenpin::sim
