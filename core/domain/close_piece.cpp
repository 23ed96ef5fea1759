#include "core/domain/close_piece.hpp"

#include <algorithm>

namespace kenpin::domain {

CloseVerdict may_close_piece(const PackTask& task, const std::optional<WaybillVerdict>& waybill) {
    if (task.stopped && task.is_short) return ShipmentShort{};
    if (task.stopped) return ShipmentStopped{};
    if (const auto missing = goods_missing(task); missing > Qty{0}) return GoodsMissing{missing};
    if (!waybill) return WaybillNotMatched{NotAWaybill{}};
    if (const auto* match = std::get_if<WaybillMatches>(&*waybill)) return MayClose{match->piece};
    return WaybillNotMatched{*waybill};
}

bool may_ship(const PackTask& task) {
    return !task.stopped && goods_missing(task) == Qty{0} && !task.pieces.empty() &&
           std::all_of(task.pieces.begin(), task.pieces.end(),
                       [](const auto& piece) { return piece.closed; });
}

}  // namespace kenpin::domain
