#pragma once
// The one rule about closing: a piece (個口) may be closed only when nothing stops its shipment, every piece
// of goods was verified, and the waybill stuck on it was scanned and is that shipment's living one. The bench
// asks it before it shows green, the server asks it again before it ships.
#include <optional>
#include <variant>

#include "core/base/ids.hpp"
#include "core/domain/match_waybill.hpp"
#include "core/domain/verify_pack.hpp"

namespace kenpin::domain {

struct MayClose {
    PieceNo piece;
};
struct ShipmentStopped {};
struct ShipmentShort {};  // stopped because goods were not on the shelf
struct GoodsMissing {
    Qty pieces;
};
struct WaybillNotMatched {
    WaybillVerdict verdict;  // why
};
using CloseVerdict = std::variant<MayClose, ShipmentStopped, ShipmentShort, GoodsMissing, WaybillNotMatched>;

/// `waybill` is what match_waybill() said of the label that was scanned; nothing when none was.
CloseVerdict may_close_piece(const PackTask& task, const std::optional<WaybillVerdict>& waybill);

/// Every piece is closed: the shipment may leave.
bool may_ship(const PackTask& task);

}  // namespace kenpin::domain
