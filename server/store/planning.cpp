#include "server/store/planning.hpp"

#include <algorithm>
#include <cstdio>

#include "server/store/shipments.hpp"
#include "server/store/shop_codes.hpp"
#include "server/store/stored_names.hpp"

namespace kenpin::store {
namespace {

std::vector<plan::WantedLine> wanted_lines(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                           const ShipmentId& shipment) {
    return tx.structs<plan::WantedLine, LineNo, Sku, Qty, Qty>(
        "SELECT line, sku, qty, reserved FROM shipment_line WHERE site = ? AND owner = ? AND shipment = ? "
        "ORDER BY line",
        site, owner, shipment);
}

std::string eleven_digits(std::int64_t number) {
    char text[24];
    std::snprintf(text, sizeof text, "%011lld", static_cast<long long>(number));
    return text;
}

// Numbers have a fixed width, so their order as texts is their order as numbers.
std::string tracking_name(std::int64_t first) {
    return "tracking:" + std::to_string(first);
}

std::int64_t next_in(sqlite::Tx& tx, const SiteId& site, std::int64_t first, std::int64_t last) {
    const auto highest = tx.value<std::optional<std::string>>(
        "SELECT max(tracking) FROM waybill WHERE site = ? AND tracking >= ? AND tracking <= ?", site,
        eleven_digits(first) + "0", eleven_digits(last) + "9");
    const auto skipped = tx.value<std::int64_t>("SELECT used FROM running_number WHERE site = ? AND name = ?",
                                                site, tracking_name(first))
                             .value_or(0);
    const auto given = highest && *highest ? std::stoll((*highest)->substr(0, 11)) : first - 1;
    return std::min(last, std::max<std::int64_t>(given, skipped)) + 1;
}

plan::WaitingShipment to_waiting(sqlite::Tx& tx, const SiteId& site, const ShipmentRow& row) {
    const auto pieces = pieces_of(tx, site, row.owner, row.shipment);
    const auto known =
        std::count_if(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.live.has_value(); });
    plan::WaitingShipment waiting;
    waiting.shipment = row.shipment;
    waiting.shop = row.shop;
    waiting.carrier = row.carrier;
    waiting.ordered_at = row.ordered_at;
    waiting.ship_day = row.ship_day;
    waiting.states = row.states;
    waiting.way = row.way;
    waiting.covers = row.covers;
    waiting.pieces = row.pieces;
    waiting.numbers_known = static_cast<int>(known);
    waiting.lines = wanted_lines(tx, site, row.owner, row.shipment);
    return waiting;
}

std::vector<plan::ReportedLine> reported_lines(sqlite::Tx& tx, const SiteId& site, const ShipmentRow& row) {
    return tx.structs<plan::ReportedLine, std::string, LineNo, Sku, Qty>(
        "SELECT oh.number_in_shop, sl.order_line, sl.sku, sl.qty FROM shipment_line sl JOIN order_head oh ON "
        "oh.site = sl.site AND oh.owner = sl.owner AND oh.order_id = sl.order_id WHERE sl.site = ? AND "
        "sl.owner = ? AND "
        "sl.shipment = ? ORDER BY sl.line",
        site, row.owner, row.shipment);
}

plan::ShopReport report_of(sqlite::Tx& tx, const SiteId& site, const ShipmentRow& row) {
    plan::ShopReport report;
    report.shop = row.shop;
    report.shipment = row.shipment;
    report.order_numbers = row.order_numbers;
    report.ship_to = row.ship_to;
    report.carrier = row.carrier;
    report.carrier_name =
        tx.value<std::string>("SELECT name FROM carrier WHERE site = ? AND carrier = ?", site, row.carrier)
            .value_or(row.carrier.value);
    report.service = row.service;
    for (const auto& piece : pieces_of(tx, site, row.owner, row.shipment))
        if (piece.live &&
            std::find(report.tracking.begin(), report.tracking.end(), *piece.live) == report.tracking.end())
            report.tracking.push_back(*piece.live);
    report.shipped_at = row.shipped_at;
    report.lines = reported_lines(tx, site, row);
    return report;
}

plan::ShopCalendar calendar_of(sqlite::Tx& tx, const SiteId& site, const ShopId& shop) {
    plan::ShopCalendar calendar;
    const auto row = tx.row<std::optional<int>, int, std::string>(
        "SELECT cut_off_minute, cooling_minutes, closed_weekdays FROM shop WHERE site = ? AND shop = ?", site,
        shop);
    if (!row) return calendar;
    const auto& [cut_off, cooling, weekdays] = *row;
    if (cut_off) calendar.cut_off = std::chrono::minutes{*cut_off};
    calendar.cooling = std::chrono::minutes{cooling};
    for (const char digit : weekdays)
        if (digit != ' ') calendar.closed_weekdays.insert(static_cast<unsigned>(digit - '0'));
    for (const auto& [day] :
         tx.rows<Day>("SELECT day FROM closed_day WHERE site = ? AND (shop = ? OR shop = '')", site, shop))
        calendar.closed_days.insert(day);
    return calendar;
}

std::map<ShopId, std::chrono::minutes> cooling_times(sqlite::Tx& tx, const SiteId& site) {
    std::map<ShopId, std::chrono::minutes> all;
    for (const auto& [shop, minutes] :
         tx.rows<ShopId, int>("SELECT shop, cooling_minutes FROM shop WHERE site = ?", site))
        all[shop] = std::chrono::minutes{minutes};
    return all;
}

plan::Temperature temperature_named(const std::string& name) {
    if (name == "chilled") return plan::Temperature::chilled;
    if (name == "frozen") return plan::Temperature::frozen;
    return plan::Temperature::ambient;
}

}  // namespace

plan::Catalogue catalogue(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const ShopId& shop) {
    plan::Catalogue catalogue;
    for (const auto& [sku, tax, fragile, weight, temperature, length, width, height] :
         tx.rows<Sku, int, bool, int, std::string, int, int, int>(
             "SELECT i.sku, i.tax_rate_percent, i.fragile, i.weight_g, coalesce(t.temperature, 'ambient'), "
             "coalesce(t.length_mm, 0), coalesce(t.width_mm, 0), coalesce(t.height_mm, 0) FROM item i LEFT "
             "JOIN item_traits t ON t.site = i.site AND t.owner = i.owner AND t.sku = i.sku WHERE i.site = ? "
             "AND i.owner = ?",
             site, owner))
        plan::know_item(catalogue, sku,
                        {temperature_named(temperature), fragile, tax == 8, weight, length, width, height});
    know_shop_codes(tx, site, owner, shop, catalogue);
    return catalogue;
}

std::optional<plan::ShopRules> shop_rules(sqlite::Tx& tx, const SiteId& site, const ShopId& shop) {
    const auto row =
        tx.row<OwnerId, CarrierId, domain::WaybillWay, std::string, domain::TrackingCovers, std::string>(
            "SELECT s.owner, s.carrier, s.way, c.service, c.covers, s.stock_kept_by FROM shop s JOIN carrier "
            "c ON "
            "c.site = s.site AND c.carrier = s.carrier WHERE s.site = ? AND s.shop = ?",
            site, shop);
    if (!row) return std::nullopt;
    plan::ShopRules rules;
    rules.shop = shop;
    std::string stock_kept_by;
    std::tie(rules.owner, rules.carrier, rules.way, rules.service, rules.covers, stock_kept_by) = *row;
    rules.keeps_stock = stock_kept_by == "kenpin";
    rules.calendar = calendar_of(tx, site, shop);
    return rules;
}

std::optional<std::string> known_hash(sqlite::Tx& tx, const SiteId& site, const OrderId& order) {
    return tx.value<std::string>("SELECT content_hash FROM order_head WHERE site = ? AND order_id = ?", site,
                                 order);
}

std::optional<BuyerTextId> buyer_text_of(sqlite::Tx& tx, const SiteId& site, const OrderId& order) {
    return tx.value<BuyerTextId>("SELECT buyer_text FROM order_head WHERE site = ? AND order_id = ?", site,
                                 order);
}

std::int64_t next_number(sqlite::Tx& tx, const SiteId& site, Running which) {
    const char* name = which == Running::shipment ? "shipment" : "list";
    return 1 +
           tx.value<std::int64_t>("SELECT used FROM running_number WHERE site = ? AND name = ?", site, name)
               .value_or(0);
}

std::vector<plan::WantsStock> wanting_stock(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner) {
    std::vector<plan::WantsStock> all;
    for (const auto& [shipment, ordered_at] :
         tx.rows<ShipmentId, Instant>("SELECT shipment, ordered_ms FROM shipment WHERE site = ? AND owner = "
                                      "? AND work = ? AND stock IN (?, ?) "
                                      "ORDER BY ordered_ms, shipment",
                                      site, owner, domain::WorkState::waiting, domain::StockState::pending,
                                      domain::StockState::partial))
        all.push_back({shipment, ordered_at, wanted_lines(tx, site, owner, shipment)});
    return all;
}

std::map<Sku, Qty> free_stock(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner) {
    std::map<Sku, Qty> free;
    for (const auto& [sku, qty] : tx.rows<Sku, Qty>(
             "SELECT sku, on_hand - reserved - (SELECT coalesce(sum(st.on_hand - st.shelved), 0) FROM stock "
             "st "
             "JOIN shelf_block b ON b.site = st.site AND b.owner = st.owner AND b.sku = st.sku AND "
             "b.location = "
             "st.location WHERE st.site = stock_total.site AND st.owner = stock_total.owner AND st.sku = "
             "stock_total.sku) FROM stock_total WHERE site = ? AND owner = ?",
             site, owner))
        free[sku] = qty;
    return free;
}

std::vector<plan::ShelfStock> shelves(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner) {
    return tx.structs<plan::ShelfStock, LocationCode, bool, Sku, LotNo, std::optional<Day>, Qty>(
        "SELECT st.location, CASE WHEN coalesce(lo.purpose, 'pick') = 'pick' AND NOT EXISTS (SELECT 1 FROM "
        "shelf_block b WHERE b.site = st.site AND b.owner = st.owner AND b.sku = st.sku AND b.location = "
        "st.location) THEN 1 ELSE 0 END, st.sku, "
        "st.lot, st.expiry, "
        "st.on_hand - st.shelved FROM stock st LEFT JOIN location lo ON lo.site = st.site AND lo.code = "
        "st.location "
        "WHERE st.site = ? AND st.owner = ? ORDER BY st.sku, st.location, st.lot",
        site, owner);
}

std::vector<plan::WaitingShipment> waiting_shipments(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                                     Instant now) {
    std::vector<plan::WaitingShipment> all;
    const auto cooling = cooling_times(tx, site);
    for (const auto& [shipment] : tx.rows<ShipmentId>("SELECT shipment FROM shipment WHERE site = ? AND "
                                                      "owner = ? AND work = ? ORDER BY ordered_ms, shipment",
                                                      site, owner, domain::WorkState::waiting))
        if (const auto row = shipment_row(tx, site, shipment)) {
            all.push_back(to_waiting(tx, site, *row));
            const auto of_shop = cooling.find(row->shop);
            all.back().is_cooling = of_shop != cooling.end() && row->ordered_at + of_shop->second > now;
        }
    return all;
}

std::vector<plan::NumberRange> number_ranges(sqlite::Tx& tx, const SiteId& site) {
    std::vector<plan::NumberRange> ranges;
    for (const auto& [shop, carrier, first, last] : tx.rows<ShopId, CarrierId, std::int64_t, std::int64_t>(
             "SELECT shop, carrier, first, last FROM number_range WHERE site = ? ORDER BY shop, carrier",
             site))
        ranges.push_back({shop, carrier, first, last, next_in(tx, site, first, last)});
    return ranges;
}

std::map<std::string, std::int64_t> given_numbers(sqlite::Tx& tx, const SiteId& site) {
    std::map<std::string, std::int64_t> given;
    for (const auto& range : number_ranges(tx, site))
        if (range.next > range.first) given[tracking_name(range.first)] = range.next - 1;
    for (const auto& name : {"shipment", "list"})
        given[name] = tx.value<std::int64_t>("SELECT used FROM running_number WHERE site = ? AND name = ?",
                                             site, std::string(name))
                          .value_or(0);
    return given;
}

std::vector<plan::Bench> benches(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<plan::Bench, DeviceId, int>(
        "SELECT st.station, (SELECT count(*) FROM shipment sh WHERE sh.site = st.site AND sh.bench = "
        "st.station AND "
        "sh.work IN ('in_work', 'picked', 'sorted', 'verified')) FROM station st WHERE st.site = ? AND "
        "st.role = 'packer' "
        "ORDER BY st.station",
        site);
}

std::vector<ShelfPlace> layout(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<ShelfPlace, LocationCode, std::string, int, int, int>(
        "SELECT code, zone, aisle, bay, level FROM location WHERE site = ? ORDER BY code", site);
}

std::vector<DueReport> due_reports(sqlite::Tx& tx, const SiteId& site, Instant now, int limit) {
    std::vector<DueReport> due;
    for (const auto& [shipment, attempts, url] : tx.rows<ShipmentId, int, std::string>(
             "SELECT r.shipment, r.attempts, s.webhook_url FROM report r JOIN shop s ON s.site = r.site AND "
             "s.shop = r.shop WHERE r.site = ? AND r.state = 'due' AND r.next_try_ms <= ? AND s.told_by = "
             "'kenpin' AND s.webhook_url <> '' ORDER BY r.next_try_ms, r.shipment LIMIT ?",
             site, now, limit))
        if (const auto row = shipment_row(tx, site, shipment))
            due.push_back({report_of(tx, site, *row), attempts, url});
    return due;
}

std::vector<ReportOfOthers> reports_of_others(sqlite::Tx& tx, const SiteId& site, int limit) {
    return tx.structs<ReportOfOthers, ShipmentId, ShopId, std::string>(
        "SELECT r.shipment, r.shop, s.told_by FROM report r JOIN shop s ON s.site = r.site AND s.shop = "
        "r.shop "
        "WHERE r.site = ? AND r.state = 'due' AND s.told_by <> 'kenpin' ORDER BY r.shipment LIMIT ?",
        site, limit);
}

}  // namespace kenpin::store
