#include "station/flow/state.hpp"

#include <algorithm>

namespace kenpin::flow {
namespace {

bool is_well(const std::string& printer_state) {
    return printer_state == "ready" || printer_state == "busy";
}

// Prints still, but somebody should look after it.
bool is_only_a_hint(const std::string& printer_state) {
    return printer_state == "media_low" || printer_state == "head_too_cold";
}

bool is_untouched(const domain::PickLine& line) {
    return line.in_hand == Qty{0} && line.in_slot == Qty{0} && !line.location_confirmed;
}

bool lease_is_over(const HeldList& list, Millis now) {
    return list.revoked || now >= list.lease_until;
}

}  // namespace

const HeldList* open_list(const State& state) {
    const auto found = std::find_if(state.lists.begin(), state.lists.end(),
                                    [&](const HeldList& l) { return state.open_list == l.task.list; });
    return found == state.lists.end() ? nullptr : &*found;
}

const HeldPack* open_pack(const State& state) {
    const auto found = std::find_if(state.packs.begin(), state.packs.end(),
                                    [&](const HeldPack& p) { return state.open_pack == p.task.shipment; });
    return found == state.packs.end() ? nullptr : &*found;
}

const protocol::GoodsText* goods_text(const std::vector<protocol::GoodsText>& goods, const Sku& sku) {
    const auto found =
        std::find_if(goods.begin(), goods.end(), [&](const auto& text) { return text.sku == sku; });
    return found == goods.end() ? nullptr : &*found;
}

std::string worker_name(const State& state) {
    for (const auto& row : state.settings.workers)
        if (state.worker == row.worker) return row.name;
    return state.worker ? state.worker->value : std::string{};
}

std::vector<const HeldList*> offered_lists(const State& state) {
    std::vector<const HeldList*> out;
    for (const auto& list : state.lists)
        if (!list.finished && !lease_is_over(list, state.now)) out.push_back(&list);
    return out;
}

std::optional<std::pair<PrinterId, std::string>> printer_trouble(const State& state) {
    std::optional<std::pair<PrinterId, std::string>> worst;
    for (const auto& [printer, is] : state.printers)
        if (!is_well(is) && (!worst || is_only_a_hint(worst->second))) worst = {printer, is};
    return worst;
}

std::optional<Qty> short_asked(const State& state) {
    const HeldList* list = open_list(state);
    if (!list || !state.worker || !state.short_said || must_stop_list(state)) return std::nullopt;
    const domain::PickLine* line = domain::current_line(list->task);
    return line && line->no == *state.short_said ? domain::short_now(list->task) : std::nullopt;
}

bool must_stop_list(const State& state) {
    const HeldList* list = open_list(state);
    if (!list || !lease_is_over(*list, state.now)) return false;
    const domain::PickLine* line = domain::current_line(list->task);
    return !line || is_untouched(*line);
}

}  // namespace kenpin::flow
