#pragma once
// The rows that the use cases of server/plan ask for: intake, allocation, start, numbering, reports.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "server/plan/allocate.hpp"
#include "server/plan/intake.hpp"
#include "server/plan/numbering.hpp"
#include "server/plan/report.hpp"
#include "server/plan/start.hpp"

namespace kenpin::store {

// ---- intake ----

/// The items of the shop's owner and the shop's own codes for them.
plan::Catalogue catalogue(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const ShopId& shop);
/// From the shop's and its carrier's rows and its calendar. Not filled: days (a table of the site).
std::optional<plan::ShopRules> shop_rules(sqlite::Tx& tx, const SiteId& site, const ShopId& shop);
/// Content hash of an order that is here already.
std::optional<std::string> known_hash(sqlite::Tx& tx, const SiteId& site, const OrderId& order);
/// Under which the words of an order's buyer lie sealed. Nothing: the order is not here.
std::optional<BuyerTextId> buyer_text_of(sqlite::Tx& tx, const SiteId& site, const OrderId& order);
enum class Running { shipment, list };
/// The next running number, from 1. It is used up by the event that carries it, not by asking.
std::int64_t next_number(sqlite::Tx& tx, const SiteId& site, Running which);

/// How far each kind of number was given: "shipment", "list", and "tracking:" with the first of a range.
std::map<std::string, std::int64_t> given_numbers(sqlite::Tx& tx, const SiteId& site);

// ---- stock and start ----

/// Every shipment that waits for stock, held ones included.
std::vector<plan::WantsStock> wanting_stock(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner);
/// On hand, less what is reserved and still on the shelves.
std::map<Sku, Qty> free_stock(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner);
/// All lots on all shelves; free: less what started work takes from there.
std::vector<plan::ShelfStock> shelves(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner);
/// Every shipment whose work has not started, whenever it is due.
std::vector<plan::WaitingShipment> waiting_shipments(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                                     Instant now);
/// Contracted ranges; `next` is the one after the highest number that was ever given out of it.
std::vector<plan::NumberRange> number_ranges(sqlite::Tx& tx, const SiteId& site);
/// Stations with the role "packer".
std::vector<plan::Bench> benches(sqlite::Tx& tx, const SiteId& site);

struct ShelfPlace {
    LocationCode location{};
    std::string zone{};
    int aisle = 0, bay = 0, level = 0;
};
std::vector<ShelfPlace> layout(sqlite::Tx& tx, const SiteId& site);

// ---- reports ----

struct DueReport {
    plan::ShopReport report{};
    int attempts = 0;  // made so far
    std::string webhook_url{};
};
/// Reports that we have to make, whose next try is not after `now`, oldest first.
std::vector<DueReport> due_reports(sqlite::Tx& tx, const SiteId& site, Instant now, int limit);

struct ReportOfOthers {
    ShipmentId shipment{};
    ShopId shop{};
    std::string to{};  // ShopRow::told_by
};
/// Due by their state, and somebody else's to make.
std::vector<ReportOfOthers> reports_of_others(sqlite::Tx& tx, const SiteId& site, int limit);

}  // namespace kenpin::store
