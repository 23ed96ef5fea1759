#include "core/domain/match_waybill.hpp"

#include <algorithm>

namespace kenpin::domain {
namespace {

bool is_voided(const PackPiece& piece, const TrackingNo& number) {
    return std::find(piece.voided.begin(), piece.voided.end(), number) != piece.voided.end();
}

AnotherShipmentsWaybill another(const TrackingNo& number, const KnownWaybills& known) {
    const auto found = known.find(number);
    if (found == known.end()) return {std::nullopt};
    return {found->second};
}

}  // namespace

WaybillVerdict match_waybill(const PackTask& task, const Code& scanned, const KnownWaybills& known) {
    const auto* waybill = std::get_if<WaybillCode>(&scanned);
    if (!waybill) return NotAWaybill{};
    const PackPiece* already_on = nullptr;
    for (const auto& piece : task.pieces) {
        if (is_voided(piece, waybill->number)) return VoidedWaybill{piece.no};
        if (piece.live != waybill->number) continue;
        if (!piece.closed) return WaybillMatches{piece.no};
        already_on = &piece;
    }
    if (already_on) return WaybillAlreadyOn{already_on->no};
    const auto* open = open_piece(task);
    if (open && !open->live && !known.contains(waybill->number)) return WaybillNotIssued{open->no};
    return another(waybill->number, known);
}

}  // namespace kenpin::domain
