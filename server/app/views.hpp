#pragma once
// Rows of the store as the API shows them.
#include "adaptors/sqlite/database.hpp"
#include "server/store/floor.hpp"
#include "server/web/desk.hpp"
#include "server/web/views.hpp"

namespace kenpin::app {

// Errors: not_found when it is not there or belongs to another shop than the scope's.
Result<std::vector<web::OrderView>> order_views(sqlite::Tx& tx, const SiteId& site, const web::Scope& scope,
                                                const web::Page& page);
Result<web::OrderView> order_view(sqlite::Tx& tx, const SiteId& site, const web::Scope& scope,
                                  const OrderId& order);
Result<std::vector<web::ShipmentView>> shipment_views(sqlite::Tx& tx, const SiteId& site,
                                                      const web::Scope& scope, const web::Page& page);
Result<web::ShipmentView> shipment_view(sqlite::Tx& tx, const SiteId& site, const web::Scope& scope,
                                        const ShipmentId& shipment);
Result<std::vector<web::HistoryView>> history_views(sqlite::Tx& tx, const SiteId& site,
                                                    const ShipmentId& shipment);
Result<std::vector<web::ListView>> list_views(sqlite::Tx& tx, const SiteId& site);
web::ListView to_view(const store::ListRow& row);
Result<std::vector<web::PieceView>> piece_views(sqlite::Tx& tx, const SiteId& site, const web::Page& page);
Result<std::vector<web::StockView>> stock_views(sqlite::Tx& tx, const SiteId& site);

}  // namespace kenpin::app
