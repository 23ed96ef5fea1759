#pragma once
// Stock is given out twice. At intake a quantity is reserved (在庫引当), oldest order first, held and
// future-dated shipments included. When work starts, the shelf and the lot are chosen (ロケ引当), earliest
// expiry first, and given back when work is taken back. Everything here is about the goods of one owner.
//
//   on hand  =  shelved for started work  +  reserved, not yet started  +  free
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::plan {

struct WantedLine {
    LineNo line;
    Sku sku;
    Qty wanted;    // >= 1
    Qty reserved;  // 0 .. wanted, before this run
};
struct WantsStock {
    ShipmentId shipment;
    Instant ordered_at;  // of its oldest order
    std::vector<WantedLine> lines;
};

/// Gives out `free` (on hand, less what is reserved already), oldest first. A shipment that cannot have all
/// takes what there is and stays partial. One event for each shipment whose reservation grew; a reservation
/// never shrinks here.
std::vector<protocol::StockAllocated> allocate(std::vector<WantsStock> shipments, std::map<Sku, Qty> free);

/// One lot on one shelf.
struct ShelfStock {
    LocationCode location;
    bool is_pick_shelf = true;  // use = pick; reserve and blocked shelves are not taken from
    Sku sku;
    LotNo lot;
    std::optional<Day> expiry;
    Qty free;  // on hand there, less what started work takes from there
};
struct ShelfPick {
    LineNo shipment_line;
    LocationCode location;
    Sku sku;
    LotNo lot;
    Qty qty;  // >= 1
    bool operator==(const ShelfPick&) const = default;
};
struct NotOnShelf {  // the quantity is on hand, but not where it may be picked: waits for replenishment
    LineNo line;
    Qty missing;
};

/// Shelves for all lines of one shipment, taken off `shelves`; or what is missing, with `shelves` untouched.
/// Earliest expiry first (no expiry last); among equals the fewest shelves: the smallest stock that holds the
/// rest, else the largest. Goods that expire before `today` are never taken.
std::variant<std::vector<ShelfPick>, NotOnShelf> choose_shelves(const std::vector<WantedLine>& lines,
                                                                std::vector<ShelfStock>& shelves, Day today);

}  // namespace kenpin::plan
