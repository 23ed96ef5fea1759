// One scan at picking.
#include <string>

#include "core/base/overloaded.hpp"
#include "core/domain/verify_pick.hpp"
#include "station/flow/judge.hpp"

namespace kenpin::flow {
namespace {

using domain::PickTask;

struct Said {  // what a right scan records, and what is shown for it
    protocol::Body body;
    PickTask after;
    Message message;
};

const domain::PickLine& line_of(const PickTask& task) {
    return *domain::current_line(task);
}

Said say(const HeldList& list, const domain::ToteBound& v) {
    PickTask after = list.task;
    domain::bind_tote(after, v.slot, v.tote);
    const domain::CartSlot* slot = domain::next_empty_slot(list.task);
    return {protocol::ToteBound{list.task.list, v.slot, slot->shipment, v.tote},
            std::move(after),
            {"ok.tote", {std::to_string(v.slot.value)}, {}}};
}

Said say(const HeldList& list, const domain::LocationRight& v) {
    PickTask after = list.task;
    domain::confirm_location(after, v.line);
    const auto& line = line_of(list.task);
    return {protocol::LocationConfirmed{list.task.list, v.line, line.location},
            std::move(after),
            {"ok.location", {line.location.value}, {}}};
}

Said say(const HeldList& list, const domain::ItemRight& v, const domain::Code& code) {
    PickTask after = list.task;
    domain::take_item(after, v.line, v.units);
    const auto& line = line_of(list.task);
    const int taken = line.in_hand.value + line.in_slot.value + v.units.value;
    return {protocol::ItemPicked{list.task.list, v.line, line.shipment, line.sku, line.location, v.units,
                                 domain::shown(code)},
            std::move(after),
            {"ok.item",
             {std::to_string(taken), std::to_string(line.wanted.value)},
             shown_goods(goods_text(list.doc.goods, line.sku), line.sku)}};
}

std::optional<ToteCode> tote_of(const PickTask& task, SlotNo slot) {
    for (const auto& row : task.slots)
        if (row.no == slot) return row.tote;
    return std::nullopt;
}

Said say(const HeldList& list, const domain::SlotRight& v) {
    PickTask after = list.task;
    domain::put_in_slot(after, v.line, v.units);
    const auto& line = line_of(list.task);
    return {protocol::SlotConfirmed{list.task.list, v.line, line.shipment, line.slot, v.units,
                                    tote_of(list.task, line.slot)},
            std::move(after),
            {"ok.slot", {std::to_string(line.slot.value), std::to_string(v.units.value)}, {}}};
}

int lines_done(const PickTask& task) {
    int done = 0;
    for (const auto& line : task.lines) done += domain::is_wanted(task, line) ? 0 : 1;
    return done;
}

void end_if_done(Judged& out, const PickTask& after) {
    if (domain::step_of(after) != domain::PickStep::done) return;
    out.bodies.emplace_back(protocol::ListFinished{after.list});
    out.tone = ToneKind::shipment_done;
    out.band = Band{Band::Kind::ok, {"ok.list_done", {}, {}}};
}

Judged accept(const State& state, const HeldList& list, Said said, const Scanned& scan, std::string read) {
    const bool is_goods = std::holds_alternative<protocol::ItemPicked>(said.body);
    Judged out{.bodies = {std::move(said.body)},
               .green = true,
               .tone = ToneKind::ok,
               .band = Band{Band::Kind::ok, std::move(said.message)},
               .alarm = {},
               .read = std::move(read)};
    if (lines_done(said.after) > lines_done(list.task)) out.tone = ToneKind::line_done;
    if (is_goods && is_read_twice(state, scan)) {
        out.tone = ToneKind::twice;
        out.band->kind = Band::Kind::caution;
        out.band->message.key = "ok.twice";
    }
    end_if_done(out, said.after);
    return out;
}

Wanted wanted_at(const HeldList& list) {
    const PickTask& task = list.task;
    if (domain::step_of(task) == domain::PickStep::bind_tote || !domain::current_line(task)) return {};
    const auto& line = line_of(task);
    const std::string goods = shown_goods(goods_text(list.doc.goods, line.sku), line.sku);
    switch (domain::step_of(task)) {
        case domain::PickStep::location:
            return {line.location.value, {}, line.sku};
        case domain::PickStep::item:
            return {line.codes.empty() ? line.sku.value : line.codes.front().code, goods, line.sku};
        case domain::PickStep::slot:
            for (const auto& slot : task.slots)
                if (slot.no == line.slot && slot.tote) return {slot.tote->value, {}, line.sku};
            return {{}, {}, line.sku};
        case domain::PickStep::bind_tote:
        case domain::PickStep::done:
            break;
    }
    return {};
}

}  // namespace

Judged judge_pick(const State& state, const HeldList& list, const Scanned& scan) {
    const auto code = domain::classify(scan.code, domain::expected_at(domain::step_of(list.task)));
    const auto verdict = domain::verify_pick(list.task, code);
    if (const auto why = domain::refusal_of(verdict)) return refuse(state, code, *why, wanted_at(list));
    const auto accepted = [&](Said said) {
        return accept(state, list, std::move(said), scan, domain::shown(code));
    };
    return std::visit(
        Overloaded{
            [&](const domain::ToteBound& v) { return accepted(say(list, v)); },
            [&](const domain::LocationRight& v) { return accepted(say(list, v)); },
            [&](const domain::ItemRight& v) { return accepted(say(list, v, code)); },
            [&](const domain::SlotRight& v) { return accepted(say(list, v)); },
            [&](const auto&) { return refuse(state, code, domain::Refusal::wrong_kind, wanted_at(list)); },
        },
        verdict);
}

// What is in hand stands; the rest is recorded as short and asked for no more.
std::optional<Judged> judge_shortage(const State& state) {
    const auto missing = short_asked(state);
    if (!missing) return std::nullopt;
    const HeldList& list = *open_list(state);
    const auto& line = line_of(list.task);
    PickTask after = list.task;
    domain::note_missing(after, line.no, *missing);
    const std::string goods = shown_goods(goods_text(list.doc.goods, line.sku), line.sku);
    Judged out{.bodies = {protocol::ShortageFound{list.task.list, line.no, line.shipment, line.sku,
                                                  line.location, *missing}},
               .green = true,
               .tone = ToneKind::line_done,
               .band = Band{Band::Kind::caution, {"ok.short", {std::to_string(missing->value)}, goods}},
               .alarm = {},
               .read = {}};
    end_if_done(out, after);
    return out;
}

}  // namespace kenpin::flow
