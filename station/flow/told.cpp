#include "station/flow/told.hpp"

#include <algorithm>

#include "core/domain/refusal.hpp"

namespace kenpin::flow {
namespace {

Alarm told(std::string key, std::vector<std::string> slots = {}) {
    Alarm alarm;
    alarm.refusal = domain::Refusal::nothing_to_do;
    alarm.message = {std::move(key), std::move(slots), {}};
    alarm.is_told = true;
    return alarm;
}

std::string name_of(const State& state, const protocol::DoneBefore& done) {
    for (const auto& row : state.settings.workers)
        if (done.worker == row.worker) return row.name;
    return done.worker ? done.worker->value : done.device.value;
}

std::string clock_text(Instant at) {
    return to_text(at).substr(11, 5);  // hours and minutes, here
}

// What was scanned for it, as far as it is still remembered.
std::string code_of(const State& state, Epoch epoch, Seq seq) {
    for (const auto& event : state.log) {
        if (event.epoch != epoch || event.seq != seq) continue;
        return std::visit(
            [](const auto& body) -> std::string {
                if constexpr (requires { body.code; })
                    return body.code;
                else if constexpr (requires { body.list.value.size(); })
                    return body.list.value;
                else if constexpr (requires { body.shipment.value.size(); })
                    return body.shipment.value;
                else
                    return {};
            },
            event.body);
    }
    return {};
}

ListId list_of(const protocol::Event& event) {
    return std::visit(
        [](const auto& body) {
            if constexpr (requires { body.list.value.size(); })
                return ListId{body.list.value};
            else
                return ListId{};
        },
        event.body);
}

}  // namespace

std::optional<Alarm> not_counted(const State& state, Epoch epoch,
                                 const std::vector<protocol::AckNote>& notes) {
    if (notes.empty()) return std::nullopt;
    const auto done = std::find_if(notes.begin(), notes.end(), [](const auto& note) { return note.done; });
    const bool is_one = notes.size() == 1;
    Alarm alarm = is_one && done != notes.end() ? told("told.already_done")
                                                : told("told.not_counted", {std::to_string(notes.size())});
    alarm.read = code_of(state, epoch, notes.front().seq);
    if (done != notes.end()) alarm.done_by = name_of(state, *done->done) + " " + clock_text(done->done->at);
    return alarm;
}

bool is_open_list_taken_back(const State& state, Epoch epoch, const std::vector<protocol::AckNote>& notes) {
    if (!state.open_list) return false;
    const auto is_of_list = [&](const protocol::Event& event) { return list_of(event) == *state.open_list; };
    const auto opened = std::find_if(state.log.rbegin(), state.log.rend(), [&](const auto& event) {
        return std::holds_alternative<protocol::ListOpened>(event.body) && is_of_list(event);
    });
    return std::any_of(notes.begin(), notes.end(), [&](const protocol::AckNote& note) {
        return note.reason == "list_revoked" &&
               std::any_of(state.log.rbegin(), opened, [&](const auto& event) {
                   return event.epoch == epoch && event.seq == note.seq && is_of_list(event);
               });
    });
}

InHand list_in_hand(const State& state) {
    InHand hand;
    const HeldList* list = open_list(state);
    if (!list) return hand;
    hand.list = list->task.list;
    hand.shown = list->doc.title.empty() ? list->task.list.value : list->doc.title;
    for (const auto& slot : list->task.slots)
        if (slot.stopped) hand.stopped.insert(slot.no);
    return hand;
}

std::optional<Alarm> taken_from_hand(const State& state, const InHand& before) {
    if (!before.list) return std::nullopt;
    const HeldList* list = open_list(state);
    if (!list) {
        Alarm alarm = told("told.list_taken");
        alarm.read = before.shown;
        return alarm;
    }
    for (const auto& slot : list->task.slots) {
        if (!slot.stopped || before.stopped.contains(slot.no)) continue;
        Alarm alarm = told("told.slot_stopped", {std::to_string(slot.no.value)});
        alarm.read = slot.tote ? slot.tote->value : std::string{};
        return alarm;
    }
    return std::nullopt;
}

}  // namespace kenpin::flow
