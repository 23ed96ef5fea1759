#pragma once
// The floor as it stands: lists and who holds them, what waits at which bench, the figures of the board,
// stock.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::store {

// ---- lists and benches ----

struct ListRow {
    OwnerId owner{};
    ListId list{};
    std::string state{};  // "started" | "open" | "revoked" | "finished"
    DeviceId bench{};
    std::optional<DeviceId> leased_to{};
    Instant leased_until{};
    int version = 1;
    int shipments = 0;
    Qty wanted{}, picked{};
};
/// All lists in the order of their numbers.
std::vector<ListRow> list_rows_of_site(sqlite::Tx& tx, const SiteId& site);
/// Lists that are not finished.
std::vector<ListRow> unfinished_lists(sqlite::Tx& tx, const SiteId& site);

struct PackRef {
    ShipmentId shipment{};
    int version = 1;
};
/// Started and not yet shipped shipments that are packed at `bench`, and cancelled ones whose goods lie in a
/// box: it must be refused there.
std::vector<PackRef> packs_at(sqlite::Tx& tx, const SiteId& site, const DeviceId& bench);

// ---- board ----

struct HourRow {
    Instant start{};
    int picked = 0, verified = 0, closed = 0, shipped = 0, caught = 0;
};
struct CaughtRow {
    std::string refusal{}, place{};
    int count = 0;
};
struct PrinterRow {
    PrinterId printer{};
    DeviceId device{};
    std::string state{};
    Instant since{};
};
struct StationRow {
    DeviceId device{};
    std::string name{}, role{};
    std::optional<WorkerId> worker{};
    std::optional<Instant> last_event{};
};
struct BoardFigures {
    std::map<domain::WorkState, int> shipments{};  // held ones left out, but for shipped and cancelled
    int held = 0;
    int short_of_stock = 0;  // of the waiting ones
    int due = 0, due_shipped = 0;
    std::map<std::string, int> lists{};    // by state
    std::map<std::string, int> reports{};  // "due" | "accepted"
    std::vector<HourRow> hours{};          // of the day, only those in which something happened
    std::vector<CaughtRow> caught{};       // of the day, most frequent first
    std::vector<PrinterRow> printers{};
    std::vector<StationRow> stations{};
};
/// `day` is a day in Japan.
BoardFigures board_figures(sqlite::Tx& tx, const SiteId& site, Day day);

// ---- stock ----

struct StockRow {
    OwnerId owner{};
    Sku sku{};
    LocationCode location{};
    LotNo lot{};
    std::optional<Day> expiry{};
    Qty on_hand{}, shelved{};
};
std::vector<StockRow> stock_rows(sqlite::Tx& tx, const SiteId& site);

struct StockTotal {
    OwnerId owner{};
    Sku sku{};
    Qty received{}, written_off{}, on_hand{}, in_work{}, shipped{}, reserved{};
    bool is_conserved() const {
        return received.value - written_off.value == on_hand.value + in_work.value + shipped.value;
    }
};
std::vector<StockTotal> stock_totals(sqlite::Tx& tx, const SiteId& site);

}  // namespace kenpin::store
