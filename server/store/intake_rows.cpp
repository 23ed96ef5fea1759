#include "server/store/intake_rows.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "server/store/stored_names.hpp"

namespace kenpin::store {
namespace {

using domain::WorkState;

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

const std::string columns =
    "position, owner, order_id, shop, number_in_shop, outcome, codes, handling, file, record, detail, "
    "received_file, records_hash, state, came_ms, released";

std::string all_where(const std::string& condition) {
    return "SELECT " + columns + " FROM order_intake WHERE " + condition;
}

template <class... Params>
std::vector<IntakeRow> select(sqlite::Tx& tx, const std::string& sql, const Params&... params) {
    std::vector<IntakeRow> rows;
    for (auto& [position, owner, order, shop, number, outcome, codes, handling, file, record, detail,
                received, hash, state, came, is_released] :
         tx.rows<std::int64_t, OwnerId, OrderId, ShopId, std::string, std::string, std::string, std::string,
                 std::string, int, std::string, std::string, std::string, std::string, Instant, bool>(
             sql, params...))
        rows.push_back({position, owner, order, shop, number, outcome, words_of(codes), words_of(handling),
                        file, record, detail, received, hash, state, came, is_released});
    return rows;
}

// A text that LIKE finds as it is written.
std::string plainly(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') out += '!';
        out += c;
    }
    return out;
}

// What narrows nothing leaves no condition behind, for each kind of list has an index that answers it; its
// parameters are idle then.
std::string where_of(const IntakeFilter& filter, const char* of_code) {
    std::string where = "site = ?";
    const auto add = [&](bool narrows, const std::string& condition, const char* otherwise) {
        where += " AND " + (narrows ? condition : otherwise);
    };
    add(!filter.shop.empty(), "shop = ?", "? = ''");
    add(!filter.code.empty(), of_code, "? <> '' AND ? <> ''");
    add(!filter.number.empty(),
        "position IN (SELECT position FROM order_intake WHERE site = ? AND number_in_shop LIKE ? ESCAPE '!')",
        "? <> '' AND ? <> ''");
    add(filter.day.has_value(), "came_ms >= ? AND came_ms < ?", "? = 0 AND ? = 0");
    return where;
}

struct Narrowing {
    std::string code, number;
    std::int64_t from = 0, until = 0;
};

Narrowing narrowing(const IntakeFilter& filter) {
    Narrowing n{"% " + plainly(filter.code) + " %", "%" + plainly(filter.number) + "%"};
    if (!filter.day) return n;
    const Instant midnight{std::chrono::duration_cast<Millis>(filter.day->time_since_epoch() - japan_offset)};
    n.from = to_ms(midnight);
    n.until = n.from + to_ms(Instant{std::chrono::duration_cast<Millis>(std::chrono::days{1})});
    return n;
}

// The holds are few, whatever came in: they lead to the orders; hence || where another index would be taken.
// Parameter: the site.
const std::string held_condition =
    " AND state || '' = 'taken' AND (owner, order_id) IN (SELECT o.owner, o.order_id FROM hold h JOIN "
    "shipment s "
    "ON s.site = h.site AND s.owner = h.owner AND s.shipment = h.shipment AND s.work <> 'cancelled' JOIN "
    "shipment_order o ON o.site = h.site AND o.owner = h.owner AND o.shipment = h.shipment WHERE h.site = ?)";

// Orders with a shipment whose work has not begun and that nothing holds. Parameters: the site, the work
// state.
const std::string waiting_orders =
    "SELECT o.order_id FROM shipment s JOIN shipment_order o ON o.site = s.site AND o.owner = s.owner AND "
    "o.shipment = s.shipment WHERE s.site = ? AND s.work = ? AND NOT EXISTS (SELECT 1 FROM hold x WHERE "
    "x.site = s.site AND x.owner = s.owner AND x.shipment = s.shipment)";

using Hashes = std::map<BuyerTextId, plan::AddresseeHashes>;

// By their texts, which are few of all that ever came: hence || where another index would be taken.
Hashes hashes_of_waiting(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner) {
    Hashes all;
    for (auto& [text, field, hash] : tx.rows<BuyerTextId, std::string, std::string>(
             "SELECT buyer_text, field, hash FROM buyer_hash WHERE site = ? AND owner || '' = ? AND field || "
             "'' IN "
             "('to_name', 'to_address', 'to_phone') AND buyer_text IN (SELECT buyer_text FROM order_head "
             "WHERE site = ? AND order_id IN (" +
                 waiting_orders + "))",
             site, owner, site, site, WorkState::waiting)) {
        auto& of = all[text];
        (field == "to_name" ? of.name : field == "to_address" ? of.address : of.phone) = hash;
    }
    return all;
}

// 0 ambient, 1 chilled, 2 frozen: the coldest of each waiting order's goods.
std::map<OrderId, int> coldest_of_waiting(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner) {
    std::map<OrderId, int> all;
    for (auto& [order, coldest] : tx.rows<OrderId, int>(
             "SELECT l.order_id, max(CASE t.temperature WHEN 'frozen' THEN 2 WHEN 'chilled' THEN 1 ELSE 0 "
             "END) FROM shipment w JOIN shipment_line l ON l.site = w.site AND l.owner = w.owner AND "
             "l.shipment = w.shipment JOIN item_traits t ON t.site = l.site AND t.owner = l.owner AND t.sku "
             "= l.sku WHERE w.site = ? AND w.work = ? AND w.owner = ? AND t.temperature <> 'ambient' "
             "GROUP BY l.order_id",
             site, WorkState::waiting, owner))
        all[order] = coldest;
    return all;
}

bool is_held(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment, domain::HoldReason reason) {
    return tx
        .value<ShipmentId>(
            "SELECT h.shipment FROM shipment s JOIN hold h ON h.site = s.site AND h.owner = s.owner AND "
            "h.shipment = s.shipment AND h.reason = ? WHERE s.site = ? AND s.shipment = ?",
            reason, site, shipment)
        .has_value();
}

std::vector<ShipmentId> not_begun(sqlite::Tx& tx, const SiteId& site, const OrderId& order,
                                  domain::HoldReason hold, bool wants_held) {
    std::vector<ShipmentId> ids;
    for (auto& [id] : tx.rows<ShipmentId>(
             "SELECT shipment FROM shipment_order WHERE site = ? AND order_id = ? ORDER BY shipment", site,
             order)) {
        const auto work =
            tx.value<WorkState>("SELECT work FROM shipment WHERE site = ? AND shipment = ?", site, id);
        if (work == WorkState::waiting && is_held(tx, site, id, hold) == wants_held)
            ids.push_back(std::move(id));
    }
    return ids;
}

}  // namespace

std::string intake_page_sql(const IntakeFilter& filter) {
    const auto equal = [](const char* column, const std::string& to) {
        return to.empty() ? std::string(" AND ? = ''") : " AND " + std::string(column) + " = ?";
    };
    // Of a day or a number there are few, and held ones too: found first, then put in order. All else is
    // walked from the newest.
    const bool is_few = filter.day || !filter.number.empty() || filter.state == held_now;
    const std::string position = is_few ? "+position" : "position";
    return "SELECT " + columns + " FROM order_intake WHERE " +
           where_of(filter, "site = ? AND codes <> '' AND ' ' || codes || ' ' LIKE ? ESCAPE '!'") +
           equal("outcome", filter.outcome) +
           (filter.state == held_now ? held_condition : equal("state", filter.state)) + " AND " + position +
           " < ? ORDER BY " + position + " DESC LIMIT ?";
}

std::string intake_counts_sql(const IntakeFilter& filter) {
    return "SELECT outcome, state, count(*) FROM order_intake WHERE " +
           where_of(filter,
                    "position IN (SELECT position FROM order_intake WHERE site = ? AND codes <> '' AND "
                    "' ' || codes || ' ' LIKE ? ESCAPE '!')") +
           " GROUP BY outcome, state ORDER BY outcome, state";
}

std::int64_t held_count(sqlite::Tx& tx, const SiteId& site, const IntakeFilter& filter) {
    const auto n = narrowing(filter);
    return tx
        .value<std::int64_t>(
            "SELECT count(*) FROM order_intake WHERE " +
                where_of(filter, "site = ? AND codes <> '' AND ' ' || codes || ' ' LIKE ? ESCAPE '!'") +
                held_condition,
            site, filter.shop, site, n.code, site, n.number, n.from, n.until, site)
        .value_or(0);
}

std::vector<IntakeRow> intake_rows(sqlite::Tx& tx, const SiteId& site, const IntakeFilter& filter) {
    const auto before = filter.before_position == 0 ? INT64_MAX : filter.before_position;
    const auto n = narrowing(filter);
    const auto& state_or_site = filter.state == held_now ? site.value : filter.state;
    return select(tx, intake_page_sql(filter), site, filter.shop, site, n.code, site, n.number, n.from,
                  n.until, filter.outcome, state_or_site, before, filter.limit);
}

std::optional<IntakeRow> intake_row(sqlite::Tx& tx, const SiteId& site, std::int64_t position) {
    auto rows = select(tx, all_where("site = ? AND position = ?"), site, position);
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::vector<IntakeCount> intake_counts(sqlite::Tx& tx, const SiteId& site, const IntakeFilter& filter) {
    const auto n = narrowing(filter);
    std::vector<IntakeCount> counts;
    for (auto& [outcome, state, count] : tx.rows<std::string, std::string, std::int64_t>(
             intake_counts_sql(filter), site, filter.shop, site, n.code, site, n.number, n.from, n.until))
        counts.push_back({outcome, state, count});
    return counts;
}

std::int64_t intake_position(std::string_view text) {
    std::int64_t position = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), position);
    return wrong == std::errc{} && end == text.data() + text.size() ? position : 0;
}

std::vector<IntakeRow> open_intake(sqlite::Tx& tx, const SiteId& site) {
    return select(tx, all_where("site = ? AND state = 'open' ORDER BY position"), site);
}

std::string refused_before_sql() {
    return all_where(
        "site = ? AND records_hash = ? AND state NOT IN ('taken', 'superseded') ORDER BY position DESC LIMIT "
        "1");
}

std::optional<IntakeRow> refused_before(sqlite::Tx& tx, const SiteId& site, const std::string& records_hash) {
    auto rows = select(tx, refused_before_sql(), site, records_hash);
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::string intake_of_order_sql() {
    return all_where("site = ? AND owner = ? AND order_id = ? AND state = ? ORDER BY position");
}

std::vector<IntakeRow> intake_of_order(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                       const OrderId& order, const std::string& state) {
    return select(tx, intake_of_order_sql(), site, owner, order, state);
}

bool is_heard_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const OrderId& order) {
    return tx
        .value<std::int64_t>(
            "SELECT position FROM order_intake WHERE site = ? AND owner = ? AND order_id = ? LIMIT 1", site,
            owner, order)
        .has_value();
}

int times_replaced(sqlite::Tx& tx, const SiteId& site, const OrderId& order) {
    return tx
        .value<int>(
            "SELECT count(*) FROM order_intake WHERE site = ? AND order_id = ? AND state = 'replaced'", site,
            order)
        .value_or(0);
}

std::set<domain::HoldReason> holds_of_order(sqlite::Tx& tx, const SiteId& site, const OrderId& order) {
    std::set<domain::HoldReason> holds;
    for (auto& [reason] : tx.rows<domain::HoldReason>(
             "SELECT h.reason FROM shipment_order o JOIN hold h ON h.site = o.site AND h.owner = o.owner AND "
             "h.shipment = o.shipment JOIN shipment s ON s.site = o.site AND s.owner = o.owner AND "
             "s.shipment = "
             "o.shipment AND s.work <> 'cancelled' WHERE o.site = ? AND o.order_id = ?",
             site, order))
        holds.insert(reason);
    return holds;
}

std::vector<ShipmentId> shipments_to_hold(sqlite::Tx& tx, const SiteId& site, const OrderId& order,
                                          domain::HoldReason hold) {
    return not_begun(tx, site, order, hold, false);
}

std::vector<ShipmentId> shipments_held(sqlite::Tx& tx, const SiteId& site, const OrderId& order,
                                       domain::HoldReason hold) {
    return not_begun(tx, site, order, hold, true);
}

void put_addressee(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const BuyerTextId& text,
                   const plan::AddresseeHashes& hashes) {
    const std::pair<const char*, const std::string*> fields[] = {
        {"to_name", &hashes.name}, {"to_address", &hashes.address}, {"to_phone", &hashes.phone}};
    for (const auto& [field, hash] : fields)
        if (!hash->empty())
            tx.run(
                "INSERT INTO buyer_hash (site, owner, field, hash, buyer_text) VALUES (?, ?, ?, ?, ?) ON "
                "CONFLICT DO NOTHING",
                site, owner, std::string(field), *hash, text);
}

std::vector<plan::WaitingOrder> orders_to_consolidate(sqlite::Tx& tx, const SiteId& site,
                                                      const OwnerId& owner) {
    static const std::string temperatures[] = {"ambient", "chilled", "frozen"};
    const auto hashes = hashes_of_waiting(tx, site, owner);
    const auto coldest = coldest_of_waiting(tx, site, owner);
    std::vector<plan::WaitingOrder> orders;
    for (auto& [order, shop, text, gift, day, handling] :
         tx.rows<OrderId, ShopId, BuyerTextId, bool, std::optional<Day>, std::string>(
             "SELECT h.order_id, h.shop, h.buyer_text, h.is_gift, h.wished_day, i.handling FROM order_head h "
             "JOIN order_intake i ON i.site = h.site AND i.owner = h.owner AND i.order_id = h.order_id AND "
             "i.state = 'taken' "
             "WHERE h.site = ? AND h.owner = ? AND h.order_id IN (" +
                 waiting_orders + ") ORDER BY h.ordered_ms, h.order_id",
             site, owner, site, WorkState::waiting)) {
        const auto found = hashes.find(text);
        const auto flags = words_of(handling);
        const auto has = [&](const char* flag) {
            return std::find(flags.begin(), flags.end(), flag) != flags.end();
        };
        if (found == hashes.end() || has("MULTI_DEST")) continue;
        const auto cold = coldest.find(order);
        orders.push_back({order, owner, shop, found->second, has("COD"), gift, day,
                          temperatures[cold == coldest.end() ? 0 : cold->second]});
    }
    return orders;
}

}  // namespace kenpin::store
