#pragma once
// Waybills that the carrier's software made before packing (先出し): their numbers come back in a file, each
// with the number by which we asked for it. A tracking number belongs to one shipment for ever.
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/domain/shipment.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::plan {

/// お客様管理番号: the order's number in the shop, with "-1", "-2" … behind it when the order has several
/// addressees.
std::string management_number(const std::string& number_in_shop, int ship_to, int addressees);

/// One row of a carrier's return file that could be read.
struct ReturnedWaybill {
    int row = 0;  // 1.. data rows
    std::string management_number;
    TrackingNo tracking;  // twelve digits, check digit right
};
/// Why a row binds nothing: number_missing, not_a_number (a spreadsheet made 1.00005E+12 of it), check_digit,
/// columns, encoding, cut_off (the file); unknown_shipment, bound_to_another, second_number (one more parcel,
/// or a waybill printed anew: a person decides), not_preissued, closed (shipped or cancelled: pull it out),
/// voided (this shipment had that number and it was destroyed).
struct RefusedWaybill {
    int row = 0;
    std::string management_number;
    std::string reason;
};

struct ShipmentForWaybill {
    ShipmentId shipment;
    domain::WaybillWay way = domain::WaybillWay::preissued;
    domain::TrackingCovers covers = domain::TrackingCovers::one_piece;
    domain::WorkState work = domain::WorkState::waiting;
    int pieces = 1;
    std::map<PieceNo, TrackingNo> numbers;  // living ones
};
struct WaybillBook {
    std::map<std::string, ShipmentForWaybill> by_management_number;
    std::map<TrackingNo, ShipmentId> bound;  // every number ever bound, voided ones too
};

struct BoundWaybills {
    std::vector<protocol::WaybillIssued> issued;
    std::vector<RefusedWaybill> refused;
    int unchanged = 0;  // rows that said again what was known
};
/// Rows are taken in their order; each sees what those before it have bound.
BoundWaybills bind_waybills(const std::vector<ReturnedWaybill>& rows, WaybillBook book);

}  // namespace kenpin::plan
