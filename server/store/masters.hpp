#pragma once
// Reference rows: replaced whole by an import, which the caller notes with a MasterImported event in the same
// transaction. Events never refer to their content, so they may change at any time.
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::store {

struct ItemRow {
    Sku sku{};
    std::string name{}, name_en{}, variant{};
    int weight_g = 0;
    Yen price{};
    int tax_rate_percent = 10;
    bool expiry_managed = false, fragile = false;
    std::string temperature{"ambient"};  // "ambient" | "chilled" | "frozen"
    int length_mm = 0, width_mm = 0, height_mm = 0;
};
struct BarcodeRow {
    std::string code{};
    Sku sku{};
    Qty units{1};
    std::string kind{};  // "JAN13" | "JAN8" | "ITF14" | "OWN" …, as imported
};
struct ShopItemRow {  // 商品対応表; several rows with one code and options are a set
    ShopId shop{};
    std::string code{};
    Sku sku{};
    Qty units{1};
    std::string options{};  // as chosen, e.g. "カラー:赤"; empty: any
};
struct LocationRow {
    LocationCode code{};
    std::string zone{};
    int aisle = 0, bay = 0, level = 0;
    int x_mm = 0, y_mm = 0;
    std::string purpose{"pick"};  // "pick" | "reserve" | …
};
struct ToteRow {
    ToteCode tote{};
    std::string note{};
};
struct WorkerRow {
    WorkerId worker{};
    std::string name{}, role{}, language{};
};
struct StationMasterRow {
    DeviceId station{};
    std::string name{}, profile{}, role{};
    PrinterId label_printer{}, slip_printer{};  // empty: none
};
struct PrinterMasterRow {
    PrinterId printer{};
    std::string name{}, kind{}, language{};
    int dots_per_mm = 0, width_mm = 0, height_mm = 0;
};
struct ShopRow {
    OwnerId owner{};
    ShopId shop{};
    std::string name{}, order_profile{};
    domain::WaybillWay way{};
    CarrierId carrier{};
    std::string webhook_url{};
    std::string api_key_hash{};  // crypto::hash() of the key; the key itself is kept nowhere
    std::string sender_name{}, sender_postcode{}, sender_address{}, sender_phone{}, registration_no{};
    std::string stock_kept_by{"kenpin"};  // "kenpin" | "shop": its own system, nothing is allocated here
    std::string told_by{"kenpin"};        // "kenpin" | "order_system": who tells the shop what left
    std::optional<int> cut_off_minute{};  // of the day in Japan, 0..1439
    int cooling_minutes = 0;
    std::string closed_weekdays{};  // "0 6": Sunday and Saturday
};
struct ClosedDayRow {
    ShopId shop{};  // empty: every shop
    Day day{};
    std::string name{};
};
struct CarrierRow {
    CarrierId carrier{};
    std::string name{}, service{};
    int number_digits = 12;
    std::string check_rule{};
    domain::TrackingCovers covers{};
    std::string symbol{}, start_stop{};
};
struct NumberRangeRow {
    ShopId shop{};
    CarrierId carrier{};
    std::int64_t first = 0, last = 0;  // first eleven digits, both given
};

void replace_items(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                   const std::vector<ItemRow>& rows);
void replace_barcodes(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                      const std::vector<BarcodeRow>& rows);
void replace_shop_items(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                        const std::vector<ShopItemRow>& rows);
void replace_locations(sqlite::Tx& tx, const SiteId& site, const std::vector<LocationRow>& rows);
void replace_totes(sqlite::Tx& tx, const SiteId& site, const std::vector<ToteRow>& rows);
void replace_workers(sqlite::Tx& tx, const SiteId& site, const std::vector<WorkerRow>& rows);
void replace_stations(sqlite::Tx& tx, const SiteId& site, const std::vector<StationMasterRow>& rows);
void replace_printers(sqlite::Tx& tx, const SiteId& site, const std::vector<PrinterMasterRow>& rows);
void replace_shops(sqlite::Tx& tx, const SiteId& site, const std::vector<ShopRow>& rows);
void replace_closed_days(sqlite::Tx& tx, const SiteId& site, const std::vector<ClosedDayRow>& rows);
void replace_carriers(sqlite::Tx& tx, const SiteId& site, const std::vector<CarrierRow>& rows);
void replace_number_ranges(sqlite::Tx& tx, const SiteId& site, const std::vector<NumberRangeRow>& rows);

std::vector<WorkerRow> workers(sqlite::Tx& tx, const SiteId& site);
std::vector<StationMasterRow> stations(sqlite::Tx& tx, const SiteId& site);
std::vector<PrinterMasterRow> printers(sqlite::Tx& tx, const SiteId& site);
std::vector<ShopRow> shops(sqlite::Tx& tx, const SiteId& site);
std::vector<CarrierRow> carriers(sqlite::Tx& tx, const SiteId& site);
std::vector<OwnerId> owners(sqlite::Tx& tx, const SiteId& site);  // of all shops

}  // namespace kenpin::store
