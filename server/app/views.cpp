#include "server/app/views.hpp"

#include <set>

#include "server/store/document_rows.hpp"
#include "server/store/events.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/floor.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

std::optional<Instant> unless_never(Instant at) {
    return at == Instant{} ? std::nullopt : std::optional(at);
}

std::vector<web::ShipmentLineView> lines_of(sqlite::Tx& tx, const SiteId& site,
                                            const store::ShipmentRow& row) {
    const auto lines = store::shipment_lines(tx, site, row.owner, row.shipment);
    std::set<Sku> skus;
    for (const auto& line : lines) skus.insert(line.sku);
    auto items = store::items(tx, site, row.owner, skus);
    std::vector<web::ShipmentLineView> views;
    for (const auto& line : lines)
        views.push_back(
            {line.no, line.sku, items[line.sku].name, line.qty, line.reserved, line.taken, line.verified});
    return views;
}

std::vector<web::PieceView> pieces_of(sqlite::Tx& tx, const SiteId& site, const store::ShipmentRow& row) {
    std::vector<web::PieceView> views;
    for (const auto& piece : store::pieces_of(tx, site, row.owner, row.shipment))
        views.push_back({.shipment = row.shipment,
                         .piece = piece.no,
                         .tracking = piece.live,
                         .waybill = piece.waybill,
                         .is_closed = piece.closed});
    return views;
}

web::ShipmentView to_view(sqlite::Tx& tx, const SiteId& site, const store::ShipmentRow& row) {
    return {.shipment = row.shipment,
            .shop = row.shop,
            .orders = row.orders,
            .carrier = row.carrier,
            .states = row.states,
            .ship_day = row.ship_day,
            .ship_day_reason = row.ship_day_reason,
            .list = row.list.value.empty() ? std::nullopt : std::optional(row.list),
            .report = row.report == "due" ? "waiting" : row.report,
            .cancel = store::cancel_answer(tx, site, row.shipment),
            .lines = lines_of(tx, site, row),
            .pieces = pieces_of(tx, site, row)};
}

web::OrderView to_view(sqlite::Tx& tx, const SiteId& site, const store::OrderRow& row) {
    web::OrderView view{.order = row.order,
                        .shop = row.shop,
                        .number_in_shop = row.number_in_shop,
                        .ordered_at = row.ordered_at,
                        .shipments = store::shipments_of_order(tx, site, row.order)};
    for (const auto& line : store::order_lines(tx, site, row.owner, row.order))
        view.lines.push_back({line.no, line.sku, line.qty});
    return view;
}

bool is_in(const web::Scope& scope, const ShopId& shop) {
    return !scope.shop || *scope.shop == shop;
}

store::ShipmentPage page_of(const web::Scope& scope, const web::Page& page) {
    return {.shop = scope.shop, .after = page.after, .limit = page.limit};
}

}  // namespace

Result<std::vector<web::OrderView>> order_views(sqlite::Tx& tx, const SiteId& site, const web::Scope& scope,
                                                const web::Page& page) {
    std::vector<web::OrderView> views;
    for (const auto& row : store::order_rows(tx, site, page_of(scope, page)))
        views.push_back(to_view(tx, site, row));
    return views;
}

Result<web::OrderView> order_view(sqlite::Tx& tx, const SiteId& site, const web::Scope& scope,
                                  const OrderId& order) {
    const auto row = store::order_row(tx, site, order);
    if (!row || !is_in(scope, row->shop)) return Error{Error::Kind::not_found, "order"};
    return to_view(tx, site, *row);
}

Result<std::vector<web::ShipmentView>> shipment_views(sqlite::Tx& tx, const SiteId& site,
                                                      const web::Scope& scope, const web::Page& page) {
    std::vector<web::ShipmentView> views;
    for (const auto& row : store::shipment_rows(tx, site, page_of(scope, page)))
        views.push_back(to_view(tx, site, row));
    return views;
}

Result<web::ShipmentView> shipment_view(sqlite::Tx& tx, const SiteId& site, const web::Scope& scope,
                                        const ShipmentId& shipment) {
    const auto row = store::shipment_row(tx, site, shipment);
    if (!row || !is_in(scope, row->shop)) return Error{Error::Kind::not_found, "shipment"};
    return to_view(tx, site, *row);
}

Result<std::vector<web::HistoryView>> history_views(sqlite::Tx& tx, const SiteId& site,
                                                    const ShipmentId& shipment) {
    if (!store::shipment_row(tx, site, shipment)) return Error{Error::Kind::not_found, "shipment"};
    std::vector<web::HistoryView> views;
    for (const auto& fact : store::history(tx, site, shipment))
        views.push_back({.device = fact.event.device,
                         .epoch = fact.event.epoch,
                         .seq = fact.event.seq,
                         .kind = std::string(protocol::kind_of(fact.event.body)),
                         .device_time = fact.event.device_time,
                         .server_time = fact.server_time,
                         .worker = fact.event.worker,
                         .body_json = protocol::body_to_json(fact.event.body)});
    return views;
}

Result<std::vector<web::ListView>> list_views(sqlite::Tx& tx, const SiteId& site) {
    std::vector<web::ListView> views;
    for (const auto& row : store::list_rows_of_site(tx, site)) views.push_back(to_view(row));
    return views;
}

web::ListView to_view(const store::ListRow& row) {
    return {.list = row.list,
            .state = row.state,
            .leased_to = row.leased_to,
            .leased_until = unless_never(row.leased_until),
            .bench = row.bench,
            .shipments = row.shipments,
            .wanted = row.wanted,
            .picked = row.picked};
}

Result<std::vector<web::PieceView>> piece_views(sqlite::Tx& tx, const SiteId& site, const web::Page& page) {
    std::vector<web::PieceView> views;
    for (const auto& row : store::piece_rows(tx, site, page_of({}, page)))
        views.push_back({.shipment = row.shipment,
                         .piece = row.piece,
                         .tracking = row.tracking,
                         .waybill = row.waybill,
                         .is_closed = row.is_closed,
                         .closed_at = unless_never(row.closed_at)});
    return views;
}

Result<std::vector<web::StockView>> stock_views(sqlite::Tx& tx, const SiteId& site) {
    std::vector<web::StockView> views;
    for (const auto& row : store::stock_rows(tx, site))
        views.push_back({row.sku, row.location, row.lot, row.expiry, row.on_hand});
    return views;
}

}  // namespace kenpin::app
