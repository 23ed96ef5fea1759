#include "core/domain/verify_pack.hpp"

#include <algorithm>

namespace kenpin::domain {

PackVerdict verify_pack(const PackTask& task, const Code& scanned) {
    if (std::holds_alternative<Unreadable>(scanned)) return GoodsUnreadable{};
    if (std::holds_alternative<OwnCode>(scanned) || std::holds_alternative<WaybillCode>(scanned))
        return NotGoods{};
    PackVerdict verdict = WrongGoods{};
    for (const auto& line : task.lines) {
        const auto units = units_of(line.codes, scanned);
        if (!units) continue;
        const Qty room{line.wanted.value - line.verified.value};
        if (*units <= room) return GoodsRight{line.no, *units};
        verdict = TooManyGoods{line.no, *units, room};
    }
    return verdict;
}

Qty goods_missing(const PackTask& task) {
    int missing = 0;  // a line that was counted too often stands in for no other
    for (const auto& line : task.lines) missing += std::max(0, line.wanted.value - line.verified.value);
    return Qty{missing};
}

const PackPiece* open_piece(const PackTask& task) {
    const auto open =
        std::find_if(task.pieces.begin(), task.pieces.end(), [](const auto& p) { return !p.closed; });
    return open == task.pieces.end() ? nullptr : &*open;
}

void count_goods(PackTask& task, LineNo no, Qty units) {
    for (auto& line : task.lines)
        if (line.no == no) line.verified.value += units.value;
}

void issue_waybill(PackTask& task, PieceNo no, const TrackingNo& number) {
    for (auto& piece : task.pieces) {
        if (piece.no != no) continue;
        piece.live = number;
        piece.waybill = WaybillState::issued;
    }
}

void close_piece(PackTask& task, PieceNo no) {
    for (auto& piece : task.pieces) {
        if (piece.no != no) continue;
        piece.waybill = WaybillState::matched;
        piece.closed = true;
    }
}

}  // namespace kenpin::domain
