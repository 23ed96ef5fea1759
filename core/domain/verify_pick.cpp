#include "core/domain/verify_pick.hpp"

#include <algorithm>

#include "core/base/overloaded.hpp"

namespace kenpin::domain {
namespace {

bool is_done(const PickLine& line) {
    return line.in_slot.value >= line.wanted.value - line.missing.value;
}

// Where slots are not scanned, what is in hand counts as put away with the last piece.
void put_away_unscanned(PickTask& task, PickLine& line) {
    if (!task.rules.scan_slot && still_wanted(line) <= Qty{0}) put_in_slot(task, line.no, line.in_hand);
}

const CartSlot* slot_no(const PickTask& task, SlotNo no) {
    const auto found =
        std::find_if(task.slots.begin(), task.slots.end(), [&](const auto& s) { return s.no == no; });
    return found == task.slots.end() ? nullptr : &*found;
}

PickLine* line_no(PickTask& task, LineNo no) {
    const auto found =
        std::find_if(task.lines.begin(), task.lines.end(), [&](const auto& l) { return l.no == no; });
    return found == task.lines.end() ? nullptr : &*found;
}

const std::string* own_body(const Code& code, OwnKind kind) {
    const auto* own = std::get_if<OwnCode>(&code);
    return own && own->kind == kind ? &own->body : nullptr;
}

PickVerdict verify_tote(const PickTask& task, const Code& scanned) {
    const auto* body = own_body(scanned, OwnKind::tote);
    if (!body) return WrongKindOfCode{PickStep::bind_tote};
    for (const auto& slot : task.slots)
        if (slot.tote && slot.tote->value == *body) return ToteInUse{slot.no};
    return ToteBound{next_empty_slot(task)->no, ToteCode{*body}};
}

PickVerdict verify_location(const PickLine& line, const Code& scanned) {
    const auto* body = own_body(scanned, OwnKind::location);
    const auto* bare =
        std::get_if<OtherText>(&scanned);  // a bare location code counts while a location is asked
    if (!body && !bare) return WrongKindOfCode{PickStep::location};
    if ((body ? *body : bare->text) != line.location.value) return WrongLocation{line.location};
    return LocationRight{line.no};
}

PickVerdict verify_item(const PickLine& line, const Code& scanned) {
    if (std::holds_alternative<OwnCode>(scanned) || std::holds_alternative<WaybillCode>(scanned))
        return WrongKindOfCode{PickStep::item};
    const auto units = units_of(line.codes, scanned);
    if (!units) return WrongItem{line.sku};
    const auto room = still_wanted(line);
    if (*units > room) return TooMany{line.no, *units, room};
    return ItemRight{line.no, *units};
}

// With everything in hand the slot is asked; one more piece of the same goods is then one too many.
PickVerdict verify_slot(const PickTask& task, const PickLine& line, const Code& scanned) {
    const auto* body = own_body(scanned, OwnKind::tote);
    if (!body) {
        if (const auto units = units_of(line.codes, scanned))
            return TooMany{line.no, *units, still_wanted(line)};
        return WrongKindOfCode{PickStep::slot};
    }
    const auto* slot = slot_no(task, line.slot);
    const ToteCode wanted = slot && slot->tote ? *slot->tote : ToteCode{};
    if (*body != wanted.value) return WrongSlot{line.slot, wanted};
    return SlotRight{line.no, line.in_hand};
}

}  // namespace

Qty still_wanted(const PickLine& line) {
    return Qty{line.wanted.value - line.missing.value - line.in_hand.value - line.in_slot.value};
}

bool is_wanted(const PickTask& task, const PickLine& line) {
    const auto* slot = slot_no(task, line.slot);
    return !is_done(line) && !(slot && slot->stopped);
}

const CartSlot* next_empty_slot(const PickTask& task) {
    const auto empty = std::find_if(task.slots.begin(), task.slots.end(),
                                    [](const auto& s) { return !s.tote && !s.stopped; });
    return empty == task.slots.end() ? nullptr : &*empty;
}

const PickLine* current_line(const PickTask& task) {
    const auto open =
        std::find_if(task.lines.begin(), task.lines.end(), [&](const auto& l) { return is_wanted(task, l); });
    return open == task.lines.end() ? nullptr : &*open;
}

PickStep step_of(const PickTask& task) {
    const auto* line = current_line(task);
    if (!line) return PickStep::done;
    if (next_empty_slot(task)) return PickStep::bind_tote;
    if (task.rules.scan_location && !line->location_confirmed) return PickStep::location;
    return still_wanted(*line) > Qty{0} ? PickStep::item : PickStep::slot;
}

Expect expected_at(PickStep step) {
    switch (step) {
        case PickStep::bind_tote:
            return Expect::tote;
        case PickStep::location:
            return Expect::location;
        case PickStep::item:
            return Expect::goods;
        case PickStep::slot:
            return Expect::slot;
        case PickStep::done:
            break;
    }
    return Expect::anything;
}

PickVerdict verify_pick(const PickTask& task, const Code& scanned) {
    if (std::holds_alternative<Unreadable>(scanned)) return CodeUnreadable{};
    switch (step_of(task)) {
        case PickStep::bind_tote:
            return verify_tote(task, scanned);
        case PickStep::location:
            return verify_location(*current_line(task), scanned);
        case PickStep::item:
            return verify_item(*current_line(task), scanned);
        case PickStep::slot:
            return verify_slot(task, *current_line(task), scanned);
        case PickStep::done:
            break;
    }
    return ListDone{};
}

std::optional<Qty> short_now(const PickTask& task) {
    if (step_of(task) != PickStep::item) return std::nullopt;
    return still_wanted(*current_line(task));
}

bool is_accepted(const PickVerdict& verdict) {
    return std::visit(Overloaded{
                          [](const ToteBound&) { return true; },
                          [](const LocationRight&) { return true; },
                          [](const ItemRight&) { return true; },
                          [](const SlotRight&) { return true; },
                          [](const auto&) { return false; },
                      },
                      verdict);
}

void bind_tote(PickTask& task, SlotNo no, const ToteCode& tote) {
    for (auto& slot : task.slots)
        if (slot.no == no) slot.tote = tote;
}

void confirm_location(PickTask& task, LineNo no) {
    if (auto* line = line_no(task, no)) line->location_confirmed = true;
}

void take_item(PickTask& task, LineNo no, Qty units) {
    auto* line = line_no(task, no);
    if (!line) return;
    line->in_hand.value += units.value;
    put_away_unscanned(task, *line);
}

void put_in_slot(PickTask& task, LineNo no, Qty units) {
    auto* line = line_no(task, no);
    if (!line) return;
    line->in_hand.value -= units.value;
    line->in_slot.value += units.value;
}

void note_missing(PickTask& task, LineNo no, Qty units) {
    auto* line = line_no(task, no);
    if (!line) return;
    line->missing.value += units.value;
    put_away_unscanned(task, *line);
}

}  // namespace kenpin::domain
