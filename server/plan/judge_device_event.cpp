#include "server/plan/judge_device_event.hpp"

#include <algorithm>

#include "core/base/overloaded.hpp"
#include "core/domain/barcode.hpp"
#include "core/domain/close_piece.hpp"
#include "core/domain/refusal.hpp"

namespace kenpin::plan {
namespace {

using namespace protocol;

EventVerdict evidence(std::string_view reason) {
    return KeptAsEvidence{std::string(reason)};
}

const domain::PickLine* line_of(const WorkView& view, LineNo no) {
    const auto& lines = view.pick->lines;
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.no == no; });
    return found == lines.end() ? nullptr : &*found;
}

// A counted quantity carries no code; a code must stand for exactly what the device counted.
bool stands_for(const std::vector<domain::ItemCode>& codes, const std::string& code, Qty units) {
    if (code.empty() || codes.empty()) return true;
    return domain::units_of(codes, domain::classify({code, {}}, domain::Expect::goods)) == units;
}

EventVerdict judge(const ToteBound& event, const WorkView& view) {
    if (!view.pick) return evidence("unknown_list");
    const auto& slots = view.pick->slots;
    const auto slot =
        std::find_if(slots.begin(), slots.end(), [&](const auto& s) { return s.no == event.slot; });
    if (slot == slots.end() || slot->shipment != event.shipment) return evidence("not_this_lists_slot");
    const bool stands_elsewhere = std::any_of(slots.begin(), slots.end(), [&](const auto& s) {
        return s.no != event.slot && s.tote == event.tote;
    });
    if (stands_elsewhere) return evidence(domain::name(domain::Refusal::tote_in_use));
    return Effective{};
}

EventVerdict judge(const LocationConfirmed& event, const WorkView& view) {
    if (!view.pick) return evidence("unknown_list");
    const auto* line = line_of(view, event.line);
    if (!line) return evidence("not_this_lists_line");
    if (line->location != event.location) return evidence(domain::name(domain::Refusal::wrong_location));
    return Effective{};
}

EventVerdict judge(const ItemPicked& event, const WorkView& view) {
    if (!view.pick) return evidence("unknown_list");
    const auto* line = line_of(view, event.line);
    if (!line || line->shipment != event.shipment) return evidence("not_this_lists_line");
    if (line->sku != event.sku || !stands_for(line->codes, event.code, event.units))
        return evidence(domain::name(domain::Refusal::wrong_item));
    if (event.units < Qty{1} || event.units > domain::still_wanted(*line))
        return evidence(domain::name(domain::Refusal::too_many));
    return Effective{};
}

EventVerdict judge(const SlotConfirmed& event, const WorkView& view) {
    if (!view.pick) return evidence("unknown_list");
    const auto* line = line_of(view, event.line);
    if (!line || line->shipment != event.shipment) return evidence("not_this_lists_line");
    if (line->slot != event.slot) return evidence(domain::name(domain::Refusal::wrong_slot));
    if (event.units < Qty{1} || event.units > line->in_hand)
        return evidence(domain::name(domain::Refusal::too_many));
    return Effective{};
}

// Its shipment waits for the shop's answer (欠品対応), unless it does not leave anyway.
EventVerdict judge(const ShortageFound& event, const WorkView& view) {
    if (!view.pick) return evidence("unknown_list");
    const auto* line = line_of(view, event.line);
    if (!line || line->shipment != event.shipment) return evidence("not_this_lists_line");
    if (line->sku != event.sku) return evidence(domain::name(domain::Refusal::wrong_item));
    if (line->location != event.location) return evidence(domain::name(domain::Refusal::wrong_location));
    if (event.missing < Qty{1} || event.missing > domain::still_wanted(*line))
        return evidence(domain::name(domain::Refusal::too_many));
    Effective effective;
    if (view.states && !domain::is_cancelled(*view.states) &&
        !view.states->holds.contains(domain::HoldReason::shortage))
        effective.followed_by.emplace_back(ShipmentHeld{event.shipment, domain::HoldReason::shortage});
    return effective;
}

// From now on nothing more is picked for what was to be stopped.
EventVerdict judge(const ListFinished&, const WorkView& view) {
    if (!view.pick) return evidence("unknown_list");
    if (domain::step_of(*view.pick) != domain::PickStep::done) return evidence("list_not_done");
    Effective effective;
    for (const auto& shipment : view.to_be_cancelled)
        effective.followed_by.emplace_back(ShipmentCancelled{shipment});
    return effective;
}

EventVerdict judge(const GoodsVerified& event, const WorkView& view) {
    if (!view.pack) return evidence("unknown_shipment");
    const auto& lines = view.pack->lines;
    const auto line =
        std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.no == event.line; });
    if (line == lines.end() || line->sku != event.sku || !stands_for(line->codes, event.code, event.units))
        return evidence(domain::name(domain::Refusal::wrong_item));
    if (event.units < Qty{1} || event.units.value > line->wanted.value - line->verified.value)
        return evidence(domain::name(domain::Refusal::too_many));
    return Effective{};
}

// The rule that a piece may be closed stands in core/domain/close_piece.hpp; here it is asked again.
EventVerdict judge(const PieceClosed& event, const WorkView& view, const SiteRules& rules) {
    if (!view.pack) return evidence("unknown_shipment");
    const domain::Code label = domain::classify({event.tracking.value, {}}, domain::Expect::waybill);
    const auto verdict =
        domain::may_close_piece(*view.pack, domain::match_waybill(*view.pack, label, view.known_waybills));
    const auto* may = std::get_if<domain::MayClose>(&verdict);
    if (!may) return evidence(domain::name(*domain::refusal_of(verdict)));
    if (may->piece != event.piece) return evidence("another_piece");
    auto after = *view.pack;
    domain::close_piece(after, event.piece);
    Effective effective;
    if (rules.ship_at_match && domain::may_ship(after))
        effective.followed_by.emplace_back(ShipmentShipped{event.shipment});
    return effective;
}

EventVerdict of_list(const WorkView& view) {
    return view.pick ? EventVerdict{Effective{}} : evidence("unknown_list");
}

EventVerdict of_shipment(const WorkView& view) {
    return view.pack ? EventVerdict{Effective{}} : evidence("unknown_shipment");
}

}  // namespace

RowsNeeded rows_needed(const Body& body) {
    return std::visit(Overloaded{
                          [](const ListOpened& e) {
                              return RowsNeeded{e.list, {}, {}};
                          },
                          [](const ToteBound& e) {
                              return RowsNeeded{e.list, {}, {}};
                          },
                          [](const LocationConfirmed& e) {
                              return RowsNeeded{e.list, {}, {}, e.line};
                          },
                          [](const ItemPicked& e) {
                              return RowsNeeded{e.list, {}, {}, e.line};
                          },
                          [](const SlotConfirmed& e) {
                              return RowsNeeded{e.list, {}, {}, e.line};
                          },
                          [](const ShortageFound& e) {
                              return RowsNeeded{e.list, e.shipment, {}, e.line};
                          },
                          [](const ListFinished& e) {
                              return RowsNeeded{e.list, {}, {}};
                          },
                          [](const TakeOverAsked& e) {
                              return RowsNeeded{e.list, {}, {}};
                          },
                          [](const PackOpened& e) {
                              return RowsNeeded{{}, e.shipment, {}};
                          },
                          [](const GoodsVerified& e) {
                              return RowsNeeded{{}, e.shipment, {}};
                          },
                          [](const PaperPrinted& e) {
                              return RowsNeeded{{}, e.shipment, {}};
                          },
                          [](const PieceClosed& e) {
                              return RowsNeeded{{}, e.shipment, e.tracking};
                          },
                          [](const auto&) { return RowsNeeded{}; },
                      },
                      body);
}

// What a device only tells (sign-in, printer, refusals, a kind that we do not know yet) always stands.
EventVerdict judge_device_event(const Body& body, const WorkView& view, const SiteRules& rules) {
    return std::visit(Overloaded{
                          [&](const ToteBound& e) { return judge(e, view); },
                          [&](const LocationConfirmed& e) { return judge(e, view); },
                          [&](const ItemPicked& e) { return judge(e, view); },
                          [&](const SlotConfirmed& e) { return judge(e, view); },
                          [&](const ShortageFound& e) { return judge(e, view); },
                          [&](const ListFinished& e) { return judge(e, view); },
                          [&](const GoodsVerified& e) { return judge(e, view); },
                          [&](const PieceClosed& e) { return judge(e, view, rules); },
                          [&](const ListOpened&) { return of_list(view); },
                          [&](const TakeOverAsked&) { return of_list(view); },
                          [&](const PackOpened&) { return of_shipment(view); },
                          [&](const PaperPrinted&) { return of_shipment(view); },
                          [](const WorkerSignedIn&) { return EventVerdict{Effective{}}; },
                          [](const WorkerSignedOut&) { return EventVerdict{Effective{}}; },
                          [](const ScanRefused&) { return EventVerdict{Effective{}}; },
                          [](const PrinterChanged&) { return EventVerdict{Effective{}}; },
                          [](const CommandAnswered&) { return EventVerdict{Effective{}}; },
                          [](const UnknownKind&) { return EventVerdict{Effective{}}; },
                          [](const auto&) { return evidence("not_a_device_event"); },
                      },
                      body);
}

}  // namespace kenpin::plan
