#include "server/store/masters.hpp"

#include "server/store/stored_names.hpp"

namespace kenpin::store {
namespace {

void empty(sqlite::Tx& tx, const std::string& table, const SiteId& site) {
    tx.run("DELETE FROM " + table + " WHERE site = ?", site);
}
void empty(sqlite::Tx& tx, const std::string& table, const SiteId& site, const OwnerId& owner) {
    tx.run("DELETE FROM " + table + " WHERE site = ? AND owner = ?", site, owner);
}

}  // namespace

void replace_items(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                   const std::vector<ItemRow>& rows) {
    empty(tx, "item", site, owner);
    empty(tx, "item_traits", site, owner);
    for (const auto& row : rows) {
        tx.run(
            "INSERT INTO item_traits (site, owner, sku, temperature, length_mm, width_mm, height_mm) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            site, owner, row.sku, row.temperature, row.length_mm, row.width_mm, row.height_mm);
        tx.run(
            "INSERT INTO item (site, owner, sku, name, name_en, variant, weight_g, price, tax_rate_percent, "
            "expiry_managed, fragile) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            site, owner, row.sku, row.name, row.name_en, row.variant, row.weight_g, row.price,
            row.tax_rate_percent, row.expiry_managed, row.fragile);
    }
}

void replace_barcodes(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                      const std::vector<BarcodeRow>& rows) {
    empty(tx, "item_barcode", site, owner);
    for (const auto& row : rows)
        tx.run("INSERT INTO item_barcode (site, owner, code, sku, units, kind) VALUES (?, ?, ?, ?, ?, ?)",
               site, owner, row.code, row.sku, row.units, row.kind);
}

void replace_shop_items(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                        const std::vector<ShopItemRow>& rows) {
    empty(tx, "shop_code", site, owner);
    for (const auto& row : rows)
        tx.run(
            "INSERT INTO shop_code (site, owner, shop, code, options, sku, units) VALUES (?, ?, ?, ?, ?, ?, "
            "?) "
            "ON CONFLICT (site, owner, shop, code, options, sku) DO UPDATE SET units = excluded.units",
            site, owner, row.shop, row.code, row.options, row.sku, row.units);
}

void replace_locations(sqlite::Tx& tx, const SiteId& site, const std::vector<LocationRow>& rows) {
    empty(tx, "location", site);
    for (const auto& row : rows)
        tx.run(
            "INSERT INTO location (site, code, zone, aisle, bay, level, x_mm, y_mm, purpose) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            site, row.code, row.zone, row.aisle, row.bay, row.level, row.x_mm, row.y_mm, row.purpose);
}

void replace_totes(sqlite::Tx& tx, const SiteId& site, const std::vector<ToteRow>& rows) {
    empty(tx, "tote", site);
    for (const auto& row : rows)
        tx.run("INSERT INTO tote (site, tote, note) VALUES (?, ?, ?)", site, row.tote, row.note);
}

void replace_workers(sqlite::Tx& tx, const SiteId& site, const std::vector<WorkerRow>& rows) {
    empty(tx, "worker", site);
    for (const auto& row : rows)
        tx.run("INSERT INTO worker (site, worker, name, role, language) VALUES (?, ?, ?, ?, ?)", site,
               row.worker, row.name, row.role, row.language);
}

void replace_stations(sqlite::Tx& tx, const SiteId& site, const std::vector<StationMasterRow>& rows) {
    empty(tx, "station", site);
    for (const auto& row : rows)
        tx.run(
            "INSERT INTO station (site, station, name, profile, role, label_printer, slip_printer) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            site, row.station, row.name, row.profile, row.role, row.label_printer, row.slip_printer);
}

void replace_printers(sqlite::Tx& tx, const SiteId& site, const std::vector<PrinterMasterRow>& rows) {
    empty(tx, "printer", site);
    for (const auto& row : rows)
        tx.run(
            "INSERT INTO printer (site, printer, name, kind, language, dots_per_mm, width_mm, height_mm) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            site, row.printer, row.name, row.kind, row.language, row.dots_per_mm, row.width_mm,
            row.height_mm);
}

void replace_shops(sqlite::Tx& tx, const SiteId& site, const std::vector<ShopRow>& rows) {
    empty(tx, "shop", site);
    for (const auto& row : rows)
        tx.run(
            "INSERT INTO shop (site, owner, shop, name, order_profile, way, carrier, webhook_url, "
            "api_key_hash, "
            "sender_name, sender_postcode, sender_address, sender_phone, registration_no, stock_kept_by, "
            "told_by, cut_off_minute, cooling_minutes, closed_weekdays) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            site, row.owner, row.shop, row.name, row.order_profile, row.way, row.carrier, row.webhook_url,
            row.api_key_hash, row.sender_name, row.sender_postcode, row.sender_address, row.sender_phone,
            row.registration_no, row.stock_kept_by, row.told_by, row.cut_off_minute, row.cooling_minutes,
            row.closed_weekdays);
}

void replace_closed_days(sqlite::Tx& tx, const SiteId& site, const std::vector<ClosedDayRow>& rows) {
    empty(tx, "closed_day", site);
    for (const auto& row : rows)
        tx.run("INSERT INTO closed_day (site, shop, day, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
               site, row.shop, row.day, row.name);
}

void replace_carriers(sqlite::Tx& tx, const SiteId& site, const std::vector<CarrierRow>& rows) {
    empty(tx, "carrier", site);
    for (const auto& row : rows)
        tx.run(
            "INSERT INTO carrier (site, carrier, name, service, number_digits, check_rule, covers, symbol, "
            "start_stop) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            site, row.carrier, row.name, row.service, row.number_digits, row.check_rule, row.covers,
            row.symbol, row.start_stop);
}

void replace_number_ranges(sqlite::Tx& tx, const SiteId& site, const std::vector<NumberRangeRow>& rows) {
    empty(tx, "number_range", site);
    for (const auto& row : rows)
        tx.run("INSERT INTO number_range (site, shop, carrier, first, last) VALUES (?, ?, ?, ?, ?)", site,
               row.shop, row.carrier, row.first, row.last);
}

std::vector<WorkerRow> workers(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<WorkerRow, WorkerId, std::string, std::string, std::string>(
        "SELECT worker, name, role, language FROM worker WHERE site = ? ORDER BY worker", site);
}

std::vector<StationMasterRow> stations(sqlite::Tx& tx, const SiteId& site) {
    return tx
        .structs<StationMasterRow, DeviceId, std::string, std::string, std::string, PrinterId, PrinterId>(
            "SELECT station, name, profile, role, label_printer, slip_printer FROM station WHERE site = ? "
            "ORDER BY station",
            site);
}

std::vector<PrinterMasterRow> printers(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<PrinterMasterRow, PrinterId, std::string, std::string, std::string, int, int, int>(
        "SELECT printer, name, kind, language, dots_per_mm, width_mm, height_mm FROM printer WHERE site = ? "
        "ORDER BY printer",
        site);
}

std::vector<ShopRow> shops(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<ShopRow, OwnerId, ShopId, std::string, std::string, domain::WaybillWay, CarrierId,
                      std::string, std::string, std::string, std::string, std::string, std::string,
                      std::string, std::string, std::string, std::optional<int>, int, std::string>(
        "SELECT owner, shop, name, order_profile, way, carrier, webhook_url, api_key_hash, sender_name, "
        "sender_postcode, "
        "sender_address, sender_phone, registration_no, stock_kept_by, told_by, cut_off_minute, "
        "cooling_minutes, closed_weekdays FROM shop WHERE site = ? ORDER BY owner, shop",
        site);
}

std::vector<CarrierRow> carriers(sqlite::Tx& tx, const SiteId& site) {
    return tx.structs<CarrierRow, CarrierId, std::string, std::string, int, std::string,
                      domain::TrackingCovers, std::string, std::string>(
        "SELECT carrier, name, service, number_digits, check_rule, covers, symbol, start_stop FROM carrier "
        "WHERE site = ? ORDER BY carrier",
        site);
}

std::vector<OwnerId> owners(sqlite::Tx& tx, const SiteId& site) {
    std::vector<OwnerId> all;
    for (const auto& [owner] :
         tx.rows<OwnerId>("SELECT DISTINCT owner FROM shop WHERE site = ? ORDER BY owner", site))
        all.push_back(owner);
    return all;
}

}  // namespace kenpin::store
