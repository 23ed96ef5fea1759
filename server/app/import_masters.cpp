#include "server/app/import_masters.hpp"

#include <map>
#include <set>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/limits.hpp"
#include "core/domain/barcode.hpp"
#include "server/app/keys.hpp"
#include "server/app/master_rows.hpp"
#include "server/plan/ship_day.hpp"
#include "server/store/api_keys.hpp"
#include "server/store/masters.hpp"
#include "server/store/planning.hpp"

namespace kenpin::app {
namespace {

constexpr std::int64_t most_grams = 1'000'000;
constexpr std::int64_t most_mm = 100'000;
constexpr std::int64_t most_yen = 1'000'000'000;
constexpr std::int64_t most_cooling_minutes = 7 * 24 * 60;
constexpr std::int64_t most_number = 99'999'999'999;  // eleven digits

/// Reads every record with `read`; records with a fault are refused.
template <class Row>
std::vector<Row> take(const plan::Table& table, web::ImportAnswer& answer, Row (*read)(RecordReader&)) {
    std::vector<Row> rows;
    answer.refused = bad_rows(table);
    for (const auto& record : table.rows) {
        RecordReader reader(table, record);
        auto row = read(reader);
        if (reader.problems().empty())
            rows.push_back(std::move(row));
        else
            answer.refused.insert(answer.refused.end(), reader.problems().begin(), reader.problems().end());
    }
    answer.taken = static_cast<int>(rows.size());
    return rows;
}

std::string temperature(RecordReader& r) {
    const auto text = r.text("temp_zone");
    if (text.empty()) return "ambient";
    if (text != "ambient" && text != "chilled" && text != "frozen") r.wrong("temp_zone", "bad_value");
    return text;
}

store::ItemRow item(RecordReader& r) {
    return {.sku = Sku{r.needed("sku")},
            .name = r.needed("name_ja"),
            .name_en = r.text("name_en"),
            .variant = r.text("variant"),
            .weight_g = static_cast<int>(r.integer("weight_g", 0, most_grams, 0)),
            .price = Yen{r.integer("price_jpy", 0, most_yen, 0)},
            .tax_rate_percent = static_cast<int>(r.integer("tax_rate", 0, 100, 10)),
            .expiry_managed = r.flag("expiry_managed"),
            .fragile = r.flag("fragile"),
            .temperature = temperature(r),
            .length_mm = static_cast<int>(r.integer("length_mm", 0, most_mm, 0)),
            .width_mm = static_cast<int>(r.integer("width_mm", 0, most_mm, 0)),
            .height_mm = static_cast<int>(r.integer("height_mm", 0, most_mm, 0))};
}

store::BarcodeRow barcode(RecordReader& r) {
    store::BarcodeRow row{.code = r.needed("barcode"),
                          .sku = Sku{r.needed("sku")},
                          .units = Qty{static_cast<int>(r.integer("units", 1, limits::units_per_line, 1))},
                          .kind = r.text("kind")};
    const bool is_gtin = row.kind.starts_with("JAN") || row.kind == "ITF14";
    if (is_gtin && !domain::gtin_check_is_right(row.code)) r.wrong("barcode", "bad_value");
    return row;
}
store::ShopItemRow shop_item(RecordReader& r) {
    return {.shop = ShopId{r.needed("shop")},
            .code = r.needed("code"),
            .sku = Sku{r.needed("sku")},
            .units = Qty{static_cast<int>(r.integer("units", 1, limits::units_per_line, 1))},
            .options = r.text("options")};
}

store::LocationRow location(RecordReader& r) {
    return {.code = LocationCode{r.needed("location")},
            .zone = r.text("zone"),
            .aisle = static_cast<int>(r.integer("aisle", 0, 100'000, 0)),
            .bay = static_cast<int>(r.integer("bay", 0, 100'000, 0)),
            .level = static_cast<int>(r.integer("level", 0, 1'000, 0)),
            .x_mm = r.millimetres("x_m"),
            .y_mm = r.millimetres("y_m"),
            .purpose = r.text("use").empty() ? "pick" : r.text("use")};
}

store::ToteRow tote(RecordReader& r) {
    return {ToteCode{r.needed("tote")}, r.text("note")};
}

store::WorkerRow worker(RecordReader& r) {
    return {WorkerId{r.needed("worker")}, r.needed("name"), r.text("role"), r.text("language")};
}

store::StationMasterRow station(RecordReader& r) {
    store::StationMasterRow row{.station = DeviceId{r.needed("station")},
                                .name = r.text("name"),
                                .profile = r.text("profile"),
                                .role = r.needed("role"),
                                .label_printer = PrinterId{r.text("label_printer")},
                                .slip_printer = PrinterId{r.text("slip_printer")}};
    if (row.role != "picker" && row.role != "packer") r.wrong("role", "bad_value");
    return row;
}

store::PrinterMasterRow printer(RecordReader& r) {
    return {.printer = PrinterId{r.needed("printer")},
            .name = r.text("name"),
            .kind = r.text("kind"),
            .language = r.text("language"),
            .dots_per_mm = static_cast<int>(r.integer("dots_per_mm", 0, 24, 0)),
            .width_mm = static_cast<int>(r.integer("width_mm", 0, 2'000, 0)),
            .height_mm = static_cast<int>(r.integer("height_mm", 0, 2'000, 0))};
}

domain::WaybillWay way_of(RecordReader& r) {
    const auto way = domain::from_name<domain::WaybillWay>(r.needed("waybill_way"));
    if (!way) r.wrong("waybill_way", "bad_value");
    return way.value_or(domain::WaybillWay::own_label);
}

// "kenpin" when nothing is said; who does it must be one that there is.
std::string one_of(RecordReader& r, const std::string& column, const std::string& other) {
    const auto text = r.text(column);
    if (text.empty()) return "kenpin";
    if (text != "kenpin" && text != other) r.wrong(column, "bad_value");
    return text;
}

// "15:00", from 0:00 to 23:59.
std::optional<int> minute_of_day(RecordReader& r, const std::string& column) {
    const auto text = r.text(column);
    if (text.empty()) return std::nullopt;
    const auto minute = plan::minute_of_day(text);
    if (!minute) r.wrong(column, "bad_value");
    return minute;
}

std::string weekdays(RecordReader& r, const std::string& column) {
    const auto days = plan::weekdays(r.text(column));
    if (!days) r.wrong(column, "bad_value");
    std::string text;
    for (const auto day : days.value_or(std::set<unsigned>{}))
        text += (text.empty() ? "" : " ") + std::to_string(day);
    return text;
}

// Told by its own system and by us it would be told twice.
void must_be_told_once(RecordReader& r, const store::ShopRow& row) {
    if (row.told_by != "kenpin" && !row.webhook_url.empty()) r.wrong("webhook_url", "told_twice");
}

// Shorter ones are soon guessed. Bytes.
constexpr std::size_t least_key = 12;

// The API key is hashed here and kept nowhere.
store::ShopRow shop(RecordReader& r) {
    const auto key = r.text("api_key");
    if (!key.empty() && key.size() < least_key) r.wrong("api_key", "too_short");
    store::ShopRow row{
        .owner = OwnerId{r.needed("owner")},
        .shop = ShopId{r.needed("shop")},
        .name = r.needed("name"),
        .order_profile = r.text("order_profile"),
        .way = way_of(r),
        .carrier = CarrierId{r.needed("carrier")},
        .webhook_url = r.text("webhook_url"),
        .api_key_hash = key.empty() ? "" : hash_of_key(key),
        .sender_name = r.text("sender_name"),
        .sender_postcode = r.text("sender_postcode"),
        .sender_address = r.text("sender_prefecture") + r.text("sender_city") + r.text("sender_street") +
                          r.text("sender_building"),
        .sender_phone = r.text("sender_phone"),
        .registration_no = r.text("registration_no"),
        .stock_kept_by = one_of(r, "stock_kept_by", "shop"),
        .told_by = one_of(r, "tracking_told_by", "order_system"),
        .cut_off_minute = minute_of_day(r, "cut_off"),
        .cooling_minutes = static_cast<int>(r.integer("cooling_minutes", 0, most_cooling_minutes, 0)),
        .closed_weekdays = weekdays(r, "closed_weekdays")};
    must_be_told_once(r, row);
    return row;
}

store::ClosedDayRow closed_day(RecordReader& r) {
    const auto day = parse_day(r.needed("day"));
    if (!day) r.wrong("day", "bad_value");
    return {ShopId{r.text("shop")}, day.value_or(Day{}), r.text("name")};
}

domain::TrackingCovers covers_of(RecordReader& r) {
    const auto covers = domain::from_name<domain::TrackingCovers>(r.needed("tracking_covers"));
    if (!covers) r.wrong("tracking_covers", "bad_value");
    return covers.value_or(domain::TrackingCovers::one_piece);
}

/// One record of the carriers' file: the carrier, and perhaps a range of numbers it gave a shop.
struct CarrierRecord {
    store::CarrierRow carrier;
    std::optional<store::NumberRangeRow> range;
};

CarrierRecord carrier(RecordReader& r) {
    CarrierRecord record{.carrier = {.carrier = CarrierId{r.needed("carrier")},
                                     .name = r.needed("name"),
                                     .service = r.text("service"),
                                     .number_digits = static_cast<int>(r.integer("number_digits", 1, 20, 12)),
                                     .check_rule = r.text("check"),
                                     .covers = covers_of(r),
                                     .symbol = r.text("symbol"),
                                     .start_stop = r.text("start_stop")},
                         .range = std::nullopt};
    const auto shop = r.text("range_shop");
    if (shop.empty()) return record;
    record.range = store::NumberRangeRow{.shop = ShopId{shop},
                                         .carrier = record.carrier.carrier,
                                         .first = r.needed_integer("range_first", 0, most_number),
                                         .last = r.needed_integer("range_last", 0, most_number)};
    if (record.range->last < record.range->first) r.wrong("range_last", "out_of_range");
    return record;
}

// A carrier stands on a line for each of its ranges.
void replace_carriers(const Deciding& deciding, const std::vector<CarrierRecord>& records) {
    std::map<CarrierId, store::CarrierRow> by_id;
    std::vector<store::CarrierRow> carriers;
    std::vector<store::NumberRangeRow> ranges;
    for (const auto& record : records) {
        by_id[record.carrier.carrier] = record.carrier;
        if (record.range) ranges.push_back(*record.range);
    }
    for (const auto& [id, row] : by_id) carriers.push_back(row);
    store::replace_carriers(deciding.tx, deciding.site.site, carriers);
    store::replace_number_ranges(deciding.tx, deciding.site.site, ranges);
}

// Two shops with one key, or a shop with a key that was made: one of them would get the other's orders.
std::vector<store::ShopRow> shops(const Deciding& deciding, const plan::Table& table,
                                  web::ImportAnswer& answer) {
    auto rows = take(table, answer, shop);
    if (!answer.refused.empty()) return rows;
    std::set<std::string> hashes;
    for (const auto& made : store::api_keys(deciding.tx, deciding.site.site)) hashes.insert(made.hash);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (const auto& hash = rows[i].api_key_hash; !hash.empty() && !hashes.insert(hash).second)
            answer.refused.push_back(
                {.field = "api_key", .reason = "not_unique", .line = table.rows[i].record + 1});
    return rows;
}

// A set in a set is refused where it stands; an item that is not there yet may still come.
std::vector<store::ShopItemRow> shop_items(const Deciding& deciding, const plan::Table& table,
                                           web::ImportAnswer& answer) {
    auto rows = take(table, answer, shop_item);
    if (!answer.refused.empty()) return rows;
    const auto items = store::catalogue(deciding.tx, deciding.site.site, deciding.site.owner,
                                        ShopId{});  // and no shop's codes
    std::set<std::pair<ShopId, std::string>> codes;
    for (const auto& row : rows) codes.emplace(row.shop, plan::compare_code(row.code));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& [shop, code, sku, units, options] = rows[i];
        if (!items.items.contains(sku) && codes.contains({shop, plan::compare_code(sku.value)}))
            answer.refused.push_back(
                {.field = "sku", .reason = "nested_set", .line = table.rows[i].record + 1});
    }
    return rows;
}

}  // namespace

web::ImportAnswer import_master(const Deciding& deciding, web::Table table, const plan::Table& rows) {
    auto& tx = deciding.tx;
    const auto& site = deciding.site.site;
    const auto& owner = deciding.site.owner;
    web::ImportAnswer answer;
    // A master is replaced as a whole, or not at all: with one bad record, or none, it stays as it was.
    const auto put = [&](const auto& all, const auto& replace) {
        if (answer.refused.empty() && !all.empty())
            replace(all);
        else
            answer.taken = 0;
    };
    switch (table) {
        case web::Table::items:
            put(take(rows, answer, item),
                [&](const auto& all) { store::replace_items(tx, site, owner, all); });
            break;
        case web::Table::barcodes:
            put(take(rows, answer, barcode),
                [&](const auto& all) { store::replace_barcodes(tx, site, owner, all); });
            break;
        case web::Table::shop_items:
            put(shop_items(deciding, rows, answer),
                [&](const auto& all) { store::replace_shop_items(tx, site, owner, all); });
            break;
        case web::Table::locations:
            put(take(rows, answer, location),
                [&](const auto& all) { store::replace_locations(tx, site, all); });
            break;
        case web::Table::totes:
            put(take(rows, answer, tote), [&](const auto& all) { store::replace_totes(tx, site, all); });
            break;
        case web::Table::workers:
            put(take(rows, answer, worker), [&](const auto& all) { store::replace_workers(tx, site, all); });
            break;
        case web::Table::stations:
            put(take(rows, answer, station),
                [&](const auto& all) { store::replace_stations(tx, site, all); });
            break;
        case web::Table::printers:
            put(take(rows, answer, printer),
                [&](const auto& all) { store::replace_printers(tx, site, all); });
            break;
        case web::Table::shops:
            put(shops(deciding, rows, answer), [&](const auto& all) { store::replace_shops(tx, site, all); });
            break;
        case web::Table::closed_days:
            put(take(rows, answer, closed_day),
                [&](const auto& all) { store::replace_closed_days(tx, site, all); });
            break;
        case web::Table::carriers:
            put(take(rows, answer, carrier), [&](const auto& all) { replace_carriers(deciding, all); });
            break;
        case web::Table::stock:
        case web::Table::orders:
        case web::Table::waybills:
            KENPIN_CHECK(false);  // not reference rows: imports.cpp sends them elsewhere
    }
    return answer;
}

}  // namespace kenpin::app
