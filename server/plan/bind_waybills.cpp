#include "server/plan/bind_waybills.hpp"

#include <algorithm>
#include <optional>

namespace kenpin::plan {
namespace {

bool is_closed(domain::WorkState work) {
    return work == domain::WorkState::shipped || work == domain::WorkState::cancelled ||
           work == domain::WorkState::returned;
}

bool has_number(const ShipmentForWaybill& shipment, const TrackingNo& tracking) {
    return std::any_of(shipment.numbers.begin(), shipment.numbers.end(),
                       [&](const auto& one) { return one.second == tracking; });
}

// The pieces that a new number is for: the first without one, or all of them, as the carrier's rule says.
std::vector<PieceNo> pieces_for_number(const ShipmentForWaybill& shipment) {
    std::vector<PieceNo> pieces;
    for (int piece = 1; piece <= shipment.pieces; ++piece)
        if (!shipment.numbers.contains(PieceNo{piece})) pieces.push_back(PieceNo{piece});
    if (shipment.covers == domain::TrackingCovers::one_piece && pieces.size() > 1) pieces.resize(1);
    return pieces;
}

std::optional<std::string> refusal(const ShipmentForWaybill& shipment, const TrackingNo& tracking,
                                   const WaybillBook& book) {
    const auto owner = book.bound.find(tracking);
    if (owner != book.bound.end()) return owner->second == shipment.shipment ? "voided" : "bound_to_another";
    if (is_closed(shipment.work)) return "closed";
    if (shipment.way != domain::WaybillWay::preissued) return "not_preissued";
    if (pieces_for_number(shipment).empty()) return "second_number";
    return std::nullopt;
}

}  // namespace

std::string management_number(const std::string& number_in_shop, int ship_to, int addressees) {
    return addressees > 1 ? number_in_shop + "-" + std::to_string(ship_to) : number_in_shop;
}

BoundWaybills bind_waybills(const std::vector<ReturnedWaybill>& rows, WaybillBook book) {
    BoundWaybills out;
    for (const auto& row : rows) {
        const auto found = book.by_management_number.find(row.management_number);
        if (found == book.by_management_number.end()) {
            out.refused.push_back({row.row, row.management_number, "unknown_shipment"});
            continue;
        }
        auto& shipment = found->second;
        if (has_number(shipment, row.tracking)) {
            ++out.unchanged;
        } else if (const auto reason = refusal(shipment, row.tracking, book)) {
            out.refused.push_back({row.row, row.management_number, *reason});
        } else {
            for (const auto piece : pieces_for_number(shipment)) {
                out.issued.push_back({shipment.shipment, piece, row.tracking, domain::WaybillWay::preissued});
                shipment.numbers[piece] = row.tracking;
            }
            book.bound[row.tracking] = shipment.shipment;
        }
    }
    return out;
}

}  // namespace kenpin::plan
