#pragma once
// Waybill match (送り状照合): is the label that is stuck on this box the living one of this shipment?
#include <map>
#include <optional>
#include <variant>

#include "core/base/ids.hpp"
#include "core/domain/verify_pack.hpp"

namespace kenpin::domain {

/// Tracking numbers of other shipments that the device knows of: only to say whose label it is.
using KnownWaybills = std::map<TrackingNo, ShipmentId>;

struct WaybillMatches {
    PieceNo piece;
};
struct AnotherShipmentsWaybill {
    std::optional<ShipmentId> shipment;  // nothing: nobody here knows the number
};
struct VoidedWaybill {
    PieceNo piece;
};
struct WaybillNotIssued {
    PieceNo piece;  // the number of this box is not known yet
};
struct WaybillAlreadyOn {
    PieceNo piece;  // it closed that box before
};
struct NotAWaybill {};
using WaybillVerdict = std::variant<WaybillMatches, AnotherShipmentsWaybill, VoidedWaybill, WaybillNotIssued,
                                    WaybillAlreadyOn, NotAWaybill>;

/// A number that covers all pieces of the shipment matches its open pieces one after the other.
WaybillVerdict match_waybill(const PackTask& task, const Code& scanned, const KnownWaybills& known);

}  // namespace kenpin::domain
