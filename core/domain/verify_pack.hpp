#pragma once
// Packing verification (検品): what one scan of goods means for the shipment that lies open on the bench.
#include <optional>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/domain/goods.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::domain {

struct PackLine {
    LineNo no;
    Sku sku;
    Qty wanted;    // >= 1
    Qty verified;  // 0 .. wanted
    std::vector<ItemCode> codes;
};

/// One box of the shipment with its label (個口).
struct PackPiece {
    PieceNo no;
    std::optional<TrackingNo> live;  // the number of its living label; nothing: not issued yet
    std::vector<TrackingNo> voided;  // labels that must not be stuck on any more
    WaybillState waybill = WaybillState::none;
    bool closed = false;
};

struct PackTask {
    ShipmentId shipment;
    WaybillWay way = WaybillWay::own_label;
    TrackingCovers covers = TrackingCovers::one_piece;
    bool stopped = false;  // cancelled or held meanwhile: nothing may be closed
    std::vector<PackLine> lines;
    std::vector<PackPiece> pieces;  // at least one
    bool is_short = false;  // why it is stopped: some of its goods were not on the shelf (欠品対応)
};

struct GoodsRight {
    LineNo line;
    Qty units;
};
struct WrongGoods {};
struct TooManyGoods {
    LineNo line;
    Qty units;
    Qty room;
};
struct NotGoods {};  // a code of another kind
struct GoodsUnreadable {};
using PackVerdict = std::variant<GoodsRight, WrongGoods, TooManyGoods, NotGoods, GoodsUnreadable>;

/// Lines are tried in order; the first with room takes the goods.
PackVerdict verify_pack(const PackTask& task, const Code& scanned);

/// Pieces of goods that are still to be scanned.
Qty goods_missing(const PackTask& task);
/// The first piece that is not closed, or nothing when all are.
const PackPiece* open_piece(const PackTask& task);

// What events say happened; a line or piece that the task does not have changes nothing.
void count_goods(PackTask& task, LineNo line, Qty units);
void issue_waybill(PackTask& task, PieceNo piece, const TrackingNo& number);
void close_piece(PackTask& task, PieceNo piece);

}  // namespace kenpin::domain
