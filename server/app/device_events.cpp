#include "server/app/device_events.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "adaptors/log/log.hpp"
#include "core/base/overloaded.hpp"
#include "server/app/intake.hpp"
#include "server/store/document_rows.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/floor.hpp"
#include "server/sync/leases.hpp"

namespace kenpin::app {

Seq DeviceEvents::stored_upto(const DeviceId& device, Epoch epoch) {
    return store::stored_upto(deciding_.tx, deciding_.site.site, device, epoch);
}

void DeviceEvents::append(const protocol::Event& event) {
    const auto is_new = [&] { return event.seq > stored_upto(event.device, event.epoch); };
    if (const auto* opened = std::get_if<protocol::ListOpened>(&event.body); opened && is_new())
        lease(event, opened->list);
    if (const auto* asked = std::get_if<protocol::TakeOverAsked>(&event.body); asked && is_new())
        take_over(event, asked->list);
    const auto taken = store::take_event(deciding_.tx, deciding_.site.site, deciding_.author, event,
                                         deciding_.now, {.ship_at_match = deciding_.site.ship_at_match});
    if (std::holds_alternative<store::DifferentThere>(taken))
        log::error("device ", event.device, " sent another event under seq ", event.seq,
                   ": its storage was copied or put back");
    if (!std::holds_alternative<store::New>(taken)) return;  // there already: nothing happens twice
    deciding_.changes.anything = true;
    note_changes(event.body);
    const auto& followed_by = std::get<store::New>(taken).followed_by;
    const bool frees_stock = std::any_of(followed_by.begin(), followed_by.end(), [](const auto& body) {
        return std::holds_alternative<protocol::ShipmentCancelled>(body);
    });
    if (frees_stock) allocate(deciding_, deciding_.site.owner);
}

std::vector<protocol::AckNote> DeviceEvents::notes(const DeviceId& device, Epoch epoch, Seq first, Seq last) {
    return store::notes_of(deciding_.tx, deciding_.site.site, device, epoch, first, last);
}

// Before the event itself: whoever opens a list that is free has it from then on.
void DeviceEvents::lease(const protocol::Event& event, const ListId& list) {
    for (const auto& row : store::unfinished_lists(deciding_.tx, deciding_.site.site)) {
        if (row.list != list) continue;
        const auto standing =
            row.leased_to ? std::optional(sync::Lease{list, *row.leased_to, row.leased_until}) : std::nullopt;
        if (!sync::may_lease(standing, event.device, deciding_.now)) return;
        const auto fresh = sync::new_lease(list, event.device, deciding_.now, deciding_.site.lease);
        deciding_.decide(protocol::ListLeased{list, event.device, fresh.until}, event.worker);
        deciding_.changes.leased.emplace_back(list, event.device);
    }
}

// The worker stands there with badge and list: the list goes to that device, whoever had it.
void DeviceEvents::take_over(const protocol::Event& event, const ListId& list) {
    for (const auto& row : store::unfinished_lists(deciding_.tx, deciding_.site.site)) {
        if (row.list != list || row.leased_to == event.device) continue;
        const auto until = deciding_.now + deciding_.site.lease;
        deciding_.decide(protocol::ListLeased{list, event.device, until}, event.worker);
        deciding_.changes.leased.emplace_back(list, event.device);
        if (row.leased_to) deciding_.changes.taken_from.emplace_back(list, *row.leased_to);
    }
}

// Whether such a shipment may be packed yet is asked of its row after the commit.
void DeviceEvents::note_changes(const protocol::Body& body) {
    auto& ready = deciding_.changes.for_benches;
    std::visit(Overloaded{[&](const protocol::SlotConfirmed& e) { ready.insert(e.shipment); },
                          [&](const protocol::ToteBound& e) { ready.insert(e.shipment); },
                          [&](const protocol::ShortageFound& e) { ready.insert(e.shipment); },
                          [&](const protocol::ListFinished& e) {
                              const auto rows = store::list_rows(deciding_.tx, deciding_.site.site, e.list);
                              if (!rows) return;
                              for (const auto& slot : rows->slots) ready.insert(slot.shipment);
                          },
                          [](const auto&) {}},
               body);
}

}  // namespace kenpin::app
