#include "server/store/work_view.hpp"

#include "server/store/document_rows.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::store {
namespace {

// A site that does not scan slots sends no SlotConfirmed: at the end of a list, what is in hand counts as put
// away.
void put_all_away(domain::PickTask& task) {
    for (auto& line : task.lines) domain::put_in_slot(task, line.no, line.in_hand);
}

}  // namespace

plan::WorkView work_view(sqlite::Tx& tx, const SiteId& site, const protocol::Body& body) {
    const auto needed = plan::rows_needed(body);
    plan::WorkView view;
    if (needed.list)
        if (const auto rows = needed.line ? list_rows(tx, site, *needed.list, *needed.line)
                                          : list_rows(tx, site, *needed.list))
            view.pick = plan::pick_task(*rows, {});
    if (view.pick && std::holds_alternative<protocol::ListFinished>(body)) {
        put_all_away(*view.pick);
        view.to_be_cancelled = to_be_cancelled(tx, site, *needed.list);
    }
    if (needed.shipment)
        if (const auto rows = pack_rows(tx, site, *needed.shipment)) {
            view.states = rows->states;
            view.pack = plan::pack_task(*rows, {});
        }
    if (needed.tracking)
        if (const auto shipment = shipment_of_tracking(tx, site, *needed.tracking))
            if (shipment != needed.shipment) view.known_waybills[*needed.tracking] = *shipment;
    return view;
}

}  // namespace kenpin::store
