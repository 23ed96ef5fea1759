#include "server/app/start_work.hpp"

#include <algorithm>
#include <utility>

#include "server/plan/start.hpp"
#include "server/routes/cart_plan.hpp"
#include "server/store/planning.hpp"

namespace kenpin::app {
namespace {

routes::Layout layout_of(const Deciding& deciding) {
    routes::Layout layout;
    for (const auto& place : store::layout(deciding.tx, deciding.site.site))
        layout[place.location] = {place.zone, place.aisle, place.bay, place.level};
    return layout;
}

std::vector<plan::WaitingShipment> waiting(const Deciding& deciding, const web::StartWork& wanted) {
    auto shipments =
        store::waiting_shipments(deciding.tx, deciding.site.site, deciding.site.owner, deciding.now);
    if (wanted.most_shipments > 0 && shipments.size() > static_cast<std::size_t>(wanted.most_shipments)) {
        std::sort(shipments.begin(), shipments.end(), [](const auto& a, const auto& b) {
            return std::pair(a.ordered_at, a.shipment) < std::pair(b.ordered_at, b.shipment);
        });
        shipments.resize(static_cast<std::size_t>(wanted.most_shipments));
    }
    return shipments;
}

bool has_shelves(const protocol::StartedLine& line) {
    return !line.location.value.empty();
}

// What has no shelf here (the shop keeps its stock itself) never shares a cart with what is picked.
std::vector<plan::Cart> carts_for(const Deciding& deciding, const plan::PreparedStart& prepared) {
    std::vector<routes::ShipmentToPick> to_pick, to_bench;
    for (const auto& shipment : prepared.shipments) {
        const bool is_picked = std::any_of(shipment.lines.begin(), shipment.lines.end(), has_shelves);
        (is_picked ? to_pick : to_bench)
            .push_back({shipment.shipment, shipment.carrier, shipment.ship_day, shipment.lines});
    }
    std::vector<plan::Cart> carts;
    for (auto* part : {&to_pick, &to_bench})
        for (auto& cart :
             routes::plan_carts(std::move(*part), {deciding.site.slots_per_cart}, layout_of(deciding)))
            carts.push_back({std::move(cart.slots), std::move(cart.lines)});
    return carts;
}

/// Where goods are not picked with a handheld, the bench may begin at once.
bool benches_begin_at_once(const Deciding& deciding, const protocol::ListStarted& list) {
    return deciding.site.depth != domain::Depth::location_and_handheld ||
           std::none_of(list.lines.begin(), list.lines.end(), has_shelves);
}

web::StartedList decide_list(const Deciding& deciding, const protocol::ListStarted& list) {
    deciding.decide(list);
    deciding.changes.started.insert(list.list);
    if (benches_begin_at_once(deciding, list))
        for (const auto& slot : list.slots) deciding.changes.for_benches.insert(slot.shipment);
    return {list.list, list.bench, static_cast<int>(list.slots.size()), static_cast<int>(list.lines.size())};
}

}  // namespace

web::StartAnswer start_work(const Deciding& deciding, const web::StartWork& wanted) {
    auto& tx = deciding.tx;
    const auto& site = deciding.site.site;
    const auto benches = store::benches(tx, site);
    if (benches.empty()) return web::StartAnswer{.refusal = "no_bench", .lists = {}, .waiting = {}};
    const auto prepared =
        plan::prepare_start(waiting(deciding, wanted), store::shelves(tx, site, deciding.site.owner),
                            store::number_ranges(tx, site), wanted.until.value_or(japan_day(deciding.now)));
    for (const auto& issued : prepared.issued) deciding.decide(issued);
    web::StartAnswer answer;
    for (const auto& list : plan::start_lists(deciding.site.owner, carts_for(deciding, prepared), benches,
                                              store::next_number(tx, site, store::Running::list)))
        answer.lists.push_back(decide_list(deciding, list));
    for (const auto& waits : prepared.waiting)
        answer.waiting.push_back({waits.shipment, std::string(plan::name(waits.reason))});
    return answer;
}

}  // namespace kenpin::app
