#include "station/flow/prompt.hpp"

#include <algorithm>
#include <array>

#include "core/domain/barcode.hpp"
#include "station/flow/judge.hpp"
#include "station/flow/state.hpp"

namespace kenpin::flow {
namespace {

using domain::OwnKind;

constexpr std::array names{"badge", "list",       "no_list", "lease_over", "tote",    "location", "item",
                           "slot",  "short_pick", "box",     "goods",      "waybill", "stopped",  "confirm"};

std::string own(OwnKind kind, const std::string& body) {
    return domain::make_own_code(kind, body).value_or("");
}

/// A code of the line that counts for no more than is wanted; a single piece where there is one.
std::string goods_code(const std::vector<domain::ItemCode>& codes, Qty room) {
    const domain::ItemCode* best = nullptr;
    for (const auto& code : codes)
        if (code.units <= room && (!best || code.units < best->units)) best = &code;
    return best ? best->code : std::string{};
}

Prompt at_line(const domain::PickTask& task, const domain::PickLine& line, Ask ask) {
    Prompt out{.ask = ask,
               .list = task.list,
               .line = line.no,
               .shipment = line.shipment,
               .slot = line.slot,
               .piece = {},
               .location = line.location,
               .sku = line.sku,
               .remaining = domain::still_wanted(line),
               .wanted = {}};
    if (ask == Ask::location) out.wanted = own(OwnKind::location, line.location.value);
    if (ask == Ask::item) out.wanted = goods_code(line.codes, out.remaining);
    if (ask == Ask::slot)
        for (const auto& slot : task.slots)
            if (slot.no == line.slot && slot.tote) out.wanted = own(OwnKind::tote, slot.tote->value);
    return out;
}

Prompt of_list(const HeldList& list) {
    const domain::PickTask& task = list.task;
    Prompt out;
    out.list = task.list;
    switch (domain::step_of(task)) {
        case domain::PickStep::bind_tote:
            out.ask = Ask::tote;
            out.slot = domain::next_empty_slot(task)->no;
            out.shipment = domain::next_empty_slot(task)->shipment;
            return out;
        case domain::PickStep::location:
            return at_line(task, *domain::current_line(task), Ask::location);
        case domain::PickStep::item:
            return at_line(task, *domain::current_line(task), Ask::item);
        case domain::PickStep::slot:
            return at_line(task, *domain::current_line(task), Ask::slot);
        case domain::PickStep::done:
            break;
    }
    out.ask = Ask::no_list;
    return out;
}

Prompt of_shortage(const HeldList& list, Qty missing) {
    Prompt out = at_line(list.task, *domain::current_line(list.task), Ask::short_pick);
    out.remaining = missing;
    out.wanted = own(OwnKind::command, confirm_command);
    return out;
}

Prompt of_picker(const State& state) {
    Prompt out;
    if (const HeldList* list = open_list(state)) {
        if (const auto missing = short_asked(state)) return of_shortage(*list, *missing);
        if (!must_stop_list(state)) return of_list(*list);
        out.list = list->task.list;
        out.ask = Ask::lease_over;
        return out;
    }
    const auto offered = offered_lists(state);
    out.ask = offered.empty() ? Ask::no_list : Ask::list;
    if (!offered.empty()) out.list = offered.front()->task.list;
    if (out.list) out.wanted = own(OwnKind::list, out.list->value);
    return out;
}

bool waits_in_a_box(const HeldPack& pack) {
    return pack.doc.tote && !pack.task.stopped && domain::open_piece(pack.task);
}

Prompt of_bench_without_work(const State& state) {
    Prompt out;
    out.ask = Ask::box;
    const auto next = std::find_if(state.packs.begin(), state.packs.end(), [&](const HeldPack& pack) {
        return waits_in_a_box(pack) && state.open_pack != pack.task.shipment;
    });
    if (next == state.packs.end()) return out;
    out.shipment = next->task.shipment;
    out.slot = next->doc.slot;
    out.wanted = own(OwnKind::tote, next->doc.tote->value);
    return out;
}

Prompt of_goods(const domain::PackTask& task) {
    Prompt out;
    out.ask = Ask::goods;
    out.shipment = task.shipment;
    const auto line = std::find_if(task.lines.begin(), task.lines.end(),
                                   [](const auto& l) { return l.verified < l.wanted; });
    out.line = line->no;
    out.sku = line->sku;
    out.remaining = Qty{line->wanted.value - line->verified.value};
    out.wanted = goods_code(line->codes, out.remaining);
    return out;
}

Prompt of_pack(const domain::PackTask& task) {
    Prompt out;
    out.shipment = task.shipment;
    out.ask = Ask::stopped;
    if (task.stopped) return out;
    if (domain::goods_missing(task) > Qty{0}) return of_goods(task);
    out.ask = Ask::waybill;
    if (const auto* piece = domain::open_piece(task)) {
        out.piece = piece->no;
        out.wanted = piece->live ? piece->live->value : std::string{};
    }
    return out;
}

Prompt of_packer(const State& state) {
    const HeldPack* pack = open_pack(state);
    Prompt out = pack && !state.is_aside ? of_pack(pack->task) : of_bench_without_work(state);
    if (state.alarm) out.ask = Ask::confirm;
    return out;
}

}  // namespace

std::string_view name(Ask ask) {
    return names[static_cast<std::size_t>(ask)];
}

Prompt prompt(const State& state) {
    if (!state.worker) return Prompt{};
    return state.role == Role::picker ? of_picker(state) : of_packer(state);
}

}  // namespace kenpin::flow
