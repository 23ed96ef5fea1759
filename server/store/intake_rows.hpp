#pragma once
// What came in, what is held or refused and why: the rows behind the plain list of orders, and those that
// intake itself asks for.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/shipment.hpp"
#include "server/plan/consolidation.hpp"

namespace kenpin::store {

/// One order as it came. `state`: "taken", "open" (waits for a person), "closed" (put right or set aside),
/// "replaced" (taken, then another version of the order was), "superseded" (open, then judged again with
/// other reasons).
struct IntakeRow {
    std::int64_t position = 0;  // of its event; names the row
    OwnerId owner{};
    OrderId order{};  // empty: its number could not be read
    ShopId shop{};
    std::string number_in_shop{}, outcome{};
    std::vector<std::string> codes{}, handling{};
    std::string file{};
    int record = 0;
    std::string detail{};         // fields and reasons, no content
    std::string received_file{};  // under which its records lie sealed; empty when it was taken
    std::string records_hash{};   // of its records, when they are kept
    std::string state{};
    Instant came_at{};
    bool is_released = false;  // a person answered what it was held for
    bool has(std::string_view code) const {
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    }
};

/// Newest first; what is empty narrows nothing.
struct IntakeFilter {
    std::string outcome{}, state{};    // "accept", "hold", "reject"; state as above, or "held"
    std::string shop{}, code{};        // "E-SKU"
    std::string number{};              // part of the order number
    std::optional<Day> day{};          // on which it came
    std::int64_t before_position = 0;  // for the next page; 0: from the newest
    int limit = 100;
};
std::vector<IntakeRow> intake_rows(sqlite::Tx& tx, const SiteId& site, const IntakeFilter& filter);
/// What is asked for them and for the counts, for a look at how the database goes about it.
std::string intake_page_sql(const IntakeFilter& filter);
std::string intake_counts_sql(const IntakeFilter& filter);
std::string refused_before_sql();
std::string intake_of_order_sql();
std::optional<IntakeRow> intake_row(sqlite::Tx& tx, const SiteId& site, std::int64_t position);
/// "held" as a state of the filter: taken, and something holds a shipment of the order now.
constexpr const char* held_now = "held";
/// How many of each outcome and state; of the filter only shop, code, number and day narrow.
struct IntakeCount {
    std::string outcome{}, state{};
    std::int64_t count = 0;
};
std::vector<IntakeCount> intake_counts(sqlite::Tx& tx, const SiteId& site, const IntakeFilter& filter);
std::int64_t held_count(sqlite::Tx& tx, const SiteId& site, const IntakeFilter& filter);
/// A position as it is written outside; 0: no position.
std::int64_t intake_position(std::string_view text);
/// Oldest first: what waits for a person or for a code.
std::vector<IntakeRow> open_intake(sqlite::Tx& tx, const SiteId& site);
/// These very records as they were refused last.
std::optional<IntakeRow> refused_before(sqlite::Tx& tx, const SiteId& site, const std::string& records_hash);
/// Records of the order in that state, oldest first.
std::vector<IntakeRow> intake_of_order(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                       const OrderId& order, const std::string& state);
/// Any record of it ever came.
bool is_heard_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const OrderId& order);
/// How often the order gave way to another version of itself.
int times_replaced(sqlite::Tx& tx, const SiteId& site, const OrderId& order);

/// What holds shipments of the order now.
std::set<domain::HoldReason> holds_of_order(sqlite::Tx& tx, const SiteId& site, const OrderId& order);
/// Shipments of an order whose work has not begun, with `hold` on them or not.
std::vector<ShipmentId> shipments_to_hold(sqlite::Tx& tx, const SiteId& site, const OrderId& order,
                                          domain::HoldReason hold);
std::vector<ShipmentId> shipments_held(sqlite::Tx& tx, const SiteId& site, const OrderId& order,
                                       domain::HoldReason hold);

/// What finds the same addressee again; only keyed hashes. They go when the text is erased.
void put_addressee(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const BuyerTextId& text,
                   const plan::AddresseeHashes& hashes);
/// Orders of one addressee whose work has not begun and that nothing holds, oldest first.
std::vector<plan::WaitingOrder> orders_to_consolidate(sqlite::Tx& tx, const SiteId& site,
                                                      const OwnerId& owner);

}  // namespace kenpin::store
