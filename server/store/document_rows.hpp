#pragma once
// The rows that documents are made from (server/plan/documents.hpp): picking lists, packing tasks, papers.
#include <optional>
#include <set>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "server/plan/documents.hpp"

namespace kenpin::store {

/// The list with its progress. Not filled: folded_upto, lease, title, rules (the site's settings know them).
std::optional<plan::ListRows> list_rows(sqlite::Tx& tx, const SiteId& site, const ListId& list);

/// The same with one of its lines and no slots: what judging a scan of that line takes.
std::optional<plan::ListRows> list_rows(sqlite::Tx& tx, const SiteId& site, const ListId& list, LineNo line);

/// Shipments of the list that are to be stopped and still have goods promised to them.
std::vector<ShipmentId> to_be_cancelled(sqlite::Tx& tx, const SiteId& site, const ListId& list);

/// The shipment with its progress. Not filled: folded_upto, with_slip, print_here.
std::optional<plan::PackRows> pack_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);

/// Everything on the papers that is not personal; contents (品名) is the site's setting
/// "waybill_contents", 雑貨 when it has none: a carrier takes no label without it.
std::optional<plan::PrintRows> print_rows(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);

/// Names and codes of one owner's items; all of them when `skus` is empty.
plan::Items items(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const std::set<Sku>& skus = {});

std::optional<OwnerId> owner_of_shipment(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);
/// False: nothing on it lies on a shelf of the site (not_kept).
bool has_shelves(sqlite::Tx& tx, const SiteId& site, const ListId& list);
std::optional<OwnerId> owner_of_list(sqlite::Tx& tx, const SiteId& site, const ListId& list);

}  // namespace kenpin::store
