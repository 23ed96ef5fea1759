#include "server/store/floor.hpp"

#include "server/store/stored_names.hpp"

namespace kenpin::store {
namespace {

using domain::WorkState;

template <class... Params>
std::vector<ListRow> lists_where(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    std::vector<ListRow> rows;
    for (auto& [owner, list, state, bench, device, until, version, shipments, wanted, picked] :
         tx.rows<OwnerId, ListId, std::string, DeviceId, DeviceId, Instant, int, int, Qty, Qty>(
             "SELECT l.owner, l.list, l.state, l.bench, l.lease_device, l.lease_until_ms, l.version, "
             "(SELECT count(*) FROM list_slot s WHERE s.site = l.site AND s.owner = l.owner AND s.list = "
             "l.list), "
             "coalesce((SELECT sum(p.qty) FROM pick_line p WHERE p.site = l.site AND p.owner = l.owner AND "
             "p.list = l.list), 0), "
             "coalesce((SELECT sum(p.in_hand + p.in_slot) FROM pick_line p WHERE p.site = l.site AND "
             "p.owner = l.owner AND p.list = l.list), 0) FROM pick_list l WHERE l.site = ?" +
                 where + " ORDER BY l.list",
             params...))
        rows.push_back({owner, list, state, bench,
                        device.value.empty() ? std::nullopt : std::optional{device}, until, version,
                        shipments, wanted, picked});
    return rows;
}

template <class Key, class... Params>
std::map<Key, int> counts(sqlite::Tx& tx, const std::string& sql, const Params&... params) {
    std::map<Key, int> out;
    for (const auto& [key, count] : tx.rows<Key, int>(sql, params...)) out[key] = count;
    return out;
}

template <class... Params>
int count(sqlite::Tx& tx, const std::string& sql, const Params&... params) {
    return tx.value<int>(sql, params...).value_or(0);
}

constexpr const char* is_held =
    " EXISTS (SELECT 1 FROM hold h WHERE h.site = shipment.site AND h.owner = shipment.owner AND "
    "h.shipment = shipment.shipment)";

void count_shipments(sqlite::Tx& tx, const SiteId& site, Day day, BoardFigures& figures) {
    const std::string from = "SELECT count(*) FROM shipment WHERE site = ?";
    const std::string moving = " AND work NOT IN ('shipped', 'cancelled', 'returned')";
    figures.shipments = counts<WorkState>(
        tx,
        std::string(
            "SELECT work, count(*) FROM shipment WHERE site = ? AND (work IN ('shipped', 'cancelled', "
            "'returned') OR NOT") +
            is_held + ") GROUP BY work",
        site);
    figures.held = count(tx, from + moving + " AND" + is_held, site);
    figures.short_of_stock =
        count(tx, from + " AND work = 'waiting' AND stock IN ('pending', 'partial') AND NOT" + is_held, site);
    figures.due = count(tx, from + " AND ship_day <= ? AND work <> 'cancelled'", site, day);
    figures.due_shipped = count(tx, from + " AND ship_day <= ? AND work = 'shipped'", site, day);
}

std::vector<StationRow> station_rows(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<StationRow, DeviceId, std::string, std::string, std::optional<WorkerId>,
                      std::optional<Instant>>(
        "SELECT st.station, st.name, st.role, dw.worker, (SELECT max(c.last_server_ms) FROM device_cursor c "
        "WHERE "
        "c.site = st.site AND c.device = st.station) FROM station st LEFT JOIN device_worker dw ON dw.site = "
        "st.site AND "
        "dw.device = st.station WHERE st.site = ? ORDER BY st.station",
        site);
}

}  // namespace

std::vector<ListRow> list_rows_of_site(sqlite::Tx& tx, const SiteId& site) {
    return lists_where(tx, "", site);
}

std::vector<ListRow> unfinished_lists(sqlite::Tx& tx, const SiteId& site) {
    return lists_where(tx, " AND l.state <> 'finished'", site);
}

std::vector<PackRef> packs_at(sqlite::Tx& tx, const SiteId& site, const DeviceId& bench) {
    return tx.structs<PackRef, ShipmentId, int>(
        "SELECT shipment, version FROM shipment s WHERE site = ? AND bench = ? AND (work IN ('in_work', "
        "'picked', 'sorted', 'verified') OR (work = 'cancelled' AND EXISTS (SELECT 1 FROM shipment_line l "
        "WHERE "
        "l.site = s.site AND l.owner = s.owner AND l.shipment = s.shipment AND l.taken > 0))) "
        "ORDER BY list, slot, shipment",
        site, bench);
}

BoardFigures board_figures(sqlite::Tx& tx, const SiteId& site, Day day) {
    const Instant begin{day.time_since_epoch() - japan_offset};
    const Instant end = begin + std::chrono::hours{24};
    BoardFigures figures;
    count_shipments(tx, site, day, figures);
    figures.lists =
        counts<std::string>(tx, "SELECT state, count(*) FROM pick_list WHERE site = ? GROUP BY state", site);
    figures.reports =
        counts<std::string>(tx, "SELECT state, count(*) FROM report WHERE site = ? GROUP BY state", site);
    figures.hours = tx.structs<HourRow, Instant, int, int, int, int, int>(
        "SELECT hour_ms, picked_units, verified_units, pieces_closed, shipments_shipped, errors_caught FROM "
        "work_hour "
        "WHERE site = ? AND hour_ms >= ? AND hour_ms < ? ORDER BY hour_ms",
        site, begin, end);
    figures.caught = tx.structs<CaughtRow, std::string, std::string, int>(
        "SELECT refusal, place, count(*) FROM error_caught WHERE site = ? AND at_ms >= ? AND at_ms < ? "
        "GROUP BY refusal, place ORDER BY 3 DESC, 1, 2",
        site, begin, end);
    figures.printers = tx.structs<PrinterRow, PrinterId, DeviceId, std::string, Instant>(
        "SELECT printer, device, state, changed_ms FROM printer_state WHERE site = ? ORDER BY printer", site);
    figures.stations = station_rows(tx, site);
    return figures;
}

std::vector<StockRow> stock_rows(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<StockRow, OwnerId, Sku, LocationCode, LotNo, std::optional<Day>, Qty, Qty>(
        "SELECT owner, sku, location, lot, expiry, on_hand, shelved FROM stock WHERE site = ? "
        "ORDER BY owner, sku, location, lot",
        site);
}

std::vector<StockTotal> stock_totals(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<StockTotal, OwnerId, Sku, Qty, Qty, Qty, Qty, Qty, Qty>(
        "SELECT owner, sku, received, written_off, on_hand, in_work, shipped, reserved FROM stock_total "
        "WHERE site = ? "
        "ORDER BY owner, sku",
        site);
}

}  // namespace kenpin::store
