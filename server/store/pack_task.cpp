#include "server/store/pack_task.hpp"

#include "server/store/stored_names.hpp"

namespace kenpin::store {
namespace {

using domain::PackLine;
using domain::PackPiece;

std::vector<PackLine> lines_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                               const ShipmentId& shipment) {
    std::vector<PackLine> lines;
    for (const auto& [no, sku, wanted, verified] :
         tx.rows<LineNo, Sku, Qty, Qty>("SELECT line, sku, qty, verified FROM shipment_line WHERE site = ? "
                                        "AND owner = ? AND shipment = ? "
                                        "ORDER BY line",
                                        site, owner, shipment))
        lines.push_back({no, sku, wanted, verified, {}});
    return lines;
}

std::vector<TrackingNo> voided_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                  const ShipmentId& shipment) {
    std::vector<TrackingNo> voided;
    for (const auto& [tracking] : tx.rows<TrackingNo>("SELECT tracking FROM waybill WHERE site = ? AND owner "
                                                      "= ? AND shipment = ? AND state = 'voided' "
                                                      "ORDER BY tracking",
                                                      site, owner, shipment))
        voided.push_back(tracking);
    return voided;
}

std::vector<PackPiece> pieces_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                 const ShipmentId& shipment) {
    const auto voided = voided_of(tx, site, owner, shipment);
    std::vector<PackPiece> pieces;
    for (const auto& [no, tracking, state, closed] :
         tx.rows<PieceNo, std::optional<TrackingNo>, domain::WaybillState, bool>(
             "SELECT piece, tracking, state, closed FROM piece WHERE site = ? AND owner = ? AND shipment = ? "
             "ORDER BY piece",
             site, owner, shipment))
        pieces.push_back({no, tracking, voided, state, closed});
    return pieces;
}

}  // namespace

std::optional<domain::PackTask> pack_task(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment) {
    const auto head = tx.row<OwnerId, domain::WaybillWay, domain::TrackingCovers, domain::WorkState, int>(
        "SELECT owner, way, covers, work, (SELECT count(*) FROM hold WHERE hold.site = shipment.site AND "
        "hold.owner = shipment.owner AND hold.shipment = shipment.shipment) FROM shipment WHERE site = ? AND "
        "shipment = ?",
        site, shipment);
    if (!head) return std::nullopt;
    const auto& [owner, way, covers, work, holds] = *head;
    const bool stopped = holds > 0 || work == domain::WorkState::cancelled;
    return domain::PackTask{shipment,
                            way,
                            covers,
                            stopped,
                            lines_of(tx, site, owner, shipment),
                            pieces_of(tx, site, owner, shipment)};
}

}  // namespace kenpin::store
