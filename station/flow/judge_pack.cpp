// One scan at the bench.
#include <algorithm>
#include <string>

#include "core/base/overloaded.hpp"
#include "core/domain/close_piece.hpp"
#include "core/domain/match_waybill.hpp"
#include "core/domain/verify_pack.hpp"
#include "station/flow/judge.hpp"

namespace kenpin::flow {
namespace {

using domain::Refusal;

bool is_closed(const HeldPack& pack) {
    return domain::open_piece(pack.task) == nullptr;
}

bool has_waybill(const HeldPack& pack, const TrackingNo& number) {
    const auto is_its_own = [&](const domain::PackPiece& piece) {
        const bool was = std::find(piece.voided.begin(), piece.voided.end(), number) != piece.voided.end();
        return piece.live == number || (pack.task.stopped && was);  // a stopped box is stopped aloud
    };
    return std::any_of(pack.task.pieces.begin(), pack.task.pieces.end(), is_its_own);
}

bool opens(const HeldPack& pack, const domain::OwnCode& own) {
    if (own.kind == domain::OwnKind::tote) return pack.doc.tote && pack.doc.tote->value == own.body;
    if (own.kind == domain::OwnKind::list) return pack.doc.list.value == own.body;
    return own.kind == domain::OwnKind::shipment && pack.task.shipment.value == own.body;
}

bool can_open(const domain::Code& code) {
    if (std::holds_alternative<domain::WaybillCode>(code)) return true;
    const auto* own = std::get_if<domain::OwnCode>(&code);
    return own && (own->kind == domain::OwnKind::tote || own->kind == domain::OwnKind::list ||
                   own->kind == domain::OwnKind::shipment);
}

bool opens(const HeldPack& pack, const domain::Code& code) {
    if (const auto* waybill = std::get_if<domain::WaybillCode>(&code))
        return has_waybill(pack, waybill->number);
    const auto* own = std::get_if<domain::OwnCode>(&code);
    return own && opens(pack, *own);
}

/// Of all shipments the code may open: the first by slot that is not closed, else a closed one, else none.
const HeldPack* opened_by(const State& state, const domain::Code& code) {
    const HeldPack* best = nullptr;
    for (const auto& pack : state.packs) {
        if (!opens(pack, code)) continue;
        const bool better = !best || (is_closed(*best) && !is_closed(pack)) ||
                            (is_closed(*best) == is_closed(pack) && pack.doc.slot < best->doc.slot);
        if (better) best = &pack;
    }
    return best;
}

domain::KnownWaybills waybills_of_others(const State& state, const ShipmentId& shipment) {
    domain::KnownWaybills out;
    for (const auto& pack : state.packs) {
        if (pack.task.shipment == shipment) continue;
        for (const auto& piece : pack.task.pieces) {
            if (piece.live) out.emplace(*piece.live, pack.task.shipment);
            for (const auto& number : piece.voided) out.emplace(number, pack.task.shipment);
        }
    }
    return out;
}

/// While goods are asked for, twelve digits are a UPC; when they are none but a right waybill number, a
/// waybill was scanned too early, and the worker is told so.
domain::Code classify_at_bench(const domain::ScannedCode& scanned, bool goods_complete) {
    auto waybill = domain::classify(scanned, domain::Expect::waybill);
    if (goods_complete) return waybill;
    auto goods = domain::classify(scanned, domain::Expect::goods);
    const auto* number = std::get_if<domain::WaybillCode>(&waybill);
    return std::holds_alternative<domain::Unreadable>(goods) && number && number->check_is_right ? waybill
                                                                                                 : goods;
}

Judged green(protocol::Body body, ToneKind tone, Message message, const domain::Code& code) {
    return {.bodies = {std::move(body)},
            .green = true,
            .tone = tone,
            .band = Band{Band::Kind::ok, std::move(message)},
            .alarm = {},
            .read = domain::shown(code)};
}

Refusal why_stopped(const HeldPack& pack) {
    return pack.task.is_short ? Refusal::short_of_goods : Refusal::stopped;
}

Wanted wanted_goods(const HeldPack& pack) {
    for (const auto& line : pack.task.lines)
        if (line.verified < line.wanted)
            return {line.codes.empty() ? line.sku.value : line.codes.front().code,
                    shown_goods(goods_text(pack.doc.goods, line.sku), line.sku), line.sku};
    return {};
}

Wanted wanted_waybill(const HeldPack& pack) {
    const auto* piece = domain::open_piece(pack.task);
    if (!piece || !piece->live) return {};
    return {domain::shown(domain::WaybillCode{*piece->live, true}), {}, {}};
}

Judged count(const State& state, const HeldPack& pack, const domain::GoodsRight& right,
             const domain::Code& code, const Scanned& scan) {
    domain::PackTask after = pack.task;
    domain::count_goods(after, right.line, right.units);
    const auto line = std::find_if(after.lines.begin(), after.lines.end(),
                                   [&](const auto& l) { return l.no == right.line; });
    const bool line_done = line->verified >= line->wanted;
    Message message{"ok.goods",
                    {std::to_string(line->verified.value), std::to_string(line->wanted.value)},
                    shown_goods(goods_text(pack.doc.goods, line->sku), line->sku)};
    const protocol::GoodsVerified record{after.shipment, right.line, line->sku, right.units,
                                         domain::shown(code)};
    Judged out = green(record, line_done ? ToneKind::line_done : ToneKind::ok, std::move(message), code);
    if (!is_read_twice(state, scan)) return out;
    out.tone = ToneKind::twice;
    out.band->kind = Band::Kind::caution;
    out.band->message.key = "ok.twice";
    return out;
}

Judged judge_waybill(const State& state, const HeldPack& pack, const domain::Code& code) {
    const auto match = domain::match_waybill(pack.task, code, waybills_of_others(state, pack.task.shipment));
    const auto verdict = domain::may_close_piece(pack.task, match);
    if (const auto why = domain::refusal_of(verdict)) {
        const bool goods_first = *why == Refusal::goods_missing;
        return refuse(state, code, *why, goods_first ? wanted_goods(pack) : wanted_waybill(pack));
    }
    const PieceNo piece = std::get<domain::MayClose>(verdict).piece;
    domain::PackTask after = pack.task;
    domain::close_piece(after, piece);
    const bool leaves = domain::may_ship(after);
    const auto& number = std::get<domain::WaybillCode>(code).number;
    return green(protocol::PieceClosed{pack.task.shipment, piece, number},
                 leaves ? ToneKind::shipment_done : ToneKind::line_done,
                 {leaves ? "ok.closed" : "ok.piece", {std::to_string(piece.value)}, {}}, code);
}

}  // namespace

Judged judge_box(const State& state, const Scanned& scan) {
    const auto code = domain::classify(scan.code, domain::Expect::tote);
    if (std::holds_alternative<domain::Unreadable>(code)) return refuse(state, code, Refusal::unreadable, {});
    if (!can_open(code)) return refuse(state, code, Refusal::wrong_kind, {});
    const HeldPack* pack = opened_by(state, code);
    if (!pack) return refuse(state, code, Refusal::unknown_box, {});
    if (is_closed(*pack)) return refuse(state, code, Refusal::nothing_to_do, {});
    if (pack->task.stopped) return refuse(state, code, why_stopped(*pack), {});
    return green(protocol::PackOpened{pack->task.shipment, domain::shown(code)}, ToneKind::ok,
                 {"ok.box", {pack->doc.order_shown}, {}}, code);
}

Judged judge_pack(const State& state, const HeldPack& pack, const Scanned& scan) {
    const bool all_there = domain::goods_missing(pack.task) == Qty{0};
    const auto code = classify_at_bench(scan.code, all_there);
    if (pack.task.stopped) return refuse(state, code, why_stopped(pack), {});
    if (std::holds_alternative<domain::WaybillCode>(code)) return judge_waybill(state, pack, code);
    const auto verdict = domain::verify_pack(pack.task, code);
    if (const auto* right = std::get_if<domain::GoodsRight>(&verdict))
        return count(state, pack, *right, code, scan);
    const auto why = domain::refusal_of(verdict).value_or(Refusal::wrong_kind);
    return refuse(state, code, why, all_there ? wanted_waybill(pack) : wanted_goods(pack));
}

}  // namespace kenpin::flow
