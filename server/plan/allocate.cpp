#include "server/plan/allocate.hpp"

#include <algorithm>
#include <tuple>

namespace kenpin::plan {
namespace {

// Reserves what there is for one line; true when the reservation grew.
bool reserve(WantedLine& line, std::map<Sku, Qty>& free) {
    const auto there = free.find(line.sku);
    if (there == free.end()) return false;
    const int more = std::min(line.wanted.value - line.reserved.value, there->second.value);
    if (more <= 0) return false;
    line.reserved.value += more;
    there->second.value -= more;
    return true;
}

domain::StockState stock_state(const std::vector<WantedLine>& lines) {
    const auto is_whole = [](const WantedLine& line) { return line.reserved >= line.wanted; };
    const auto has_some = [](const WantedLine& line) { return line.reserved > Qty{0}; };
    if (std::all_of(lines.begin(), lines.end(), is_whole)) return domain::StockState::allocated;
    if (std::any_of(lines.begin(), lines.end(), has_some)) return domain::StockState::partial;
    return domain::StockState::pending;
}

protocol::StockAllocated event_of(const WantsStock& shipment) {
    protocol::StockAllocated event{shipment.shipment, stock_state(shipment.lines), {}};
    for (const auto& line : shipment.lines) event.lines.push_back({line.line, line.sku, line.reserved});
    return event;
}

bool may_take(const ShelfStock& shelf, const Sku& sku, Day today) {
    return shelf.is_pick_shelf && shelf.sku == sku && shelf.free > Qty{0} &&
           !(shelf.expiry && *shelf.expiry < today);
}

// Smaller is taken first: early expiry; then a shelf that holds all of `rest`, the smallest of them; else the
// largest; the location decides between equals, so that the same stock always gives the same plan.
auto preference(const ShelfStock& shelf, int rest) {
    const bool holds_all = shelf.free.value >= rest;
    return std::tuple(shelf.expiry.value_or(Day::max()), !holds_all,
                      holds_all ? shelf.free.value : -shelf.free.value, shelf.location, shelf.lot);
}

ShelfStock* best_shelf(std::vector<ShelfStock>& shelves, const Sku& sku, int rest, Day today) {
    ShelfStock* best = nullptr;
    for (auto& shelf : shelves)
        if (may_take(shelf, sku, today) && (!best || preference(shelf, rest) < preference(*best, rest)))
            best = &shelf;
    return best;
}

struct Taken {
    LineNo line;
    ShelfStock* shelf;
    Qty qty;
};

// Returns what could not be found.
int take_line(const WantedLine& line, std::vector<ShelfStock>& shelves, Day today,
              std::vector<Taken>& taken) {
    int rest = line.wanted.value;
    while (rest > 0) {
        auto* shelf = best_shelf(shelves, line.sku, rest, today);
        if (!shelf) return rest;
        const int qty = std::min(rest, shelf->free.value);
        shelf->free.value -= qty;
        rest -= qty;
        taken.push_back({line.line, shelf, Qty{qty}});
    }
    return 0;
}

void give_back(const std::vector<Taken>& taken) {
    for (const auto& one : taken) one.shelf->free.value += one.qty.value;
}

}  // namespace

std::vector<protocol::StockAllocated> allocate(std::vector<WantsStock> shipments, std::map<Sku, Qty> free) {
    std::stable_sort(shipments.begin(), shipments.end(), [](const auto& a, const auto& b) {
        return std::tie(a.ordered_at, a.shipment) < std::tie(b.ordered_at, b.shipment);
    });
    std::vector<protocol::StockAllocated> events;
    for (auto& shipment : shipments) {
        bool grew = false;
        for (auto& line : shipment.lines) grew = reserve(line, free) || grew;
        if (grew) events.push_back(event_of(shipment));
    }
    return events;
}

std::variant<std::vector<ShelfPick>, NotOnShelf> choose_shelves(const std::vector<WantedLine>& lines,
                                                                std::vector<ShelfStock>& shelves, Day today) {
    std::vector<Taken> taken;
    for (const auto& line : lines) {
        const int missing = take_line(line, shelves, today, taken);
        if (missing == 0) continue;
        give_back(taken);
        return NotOnShelf{line.line, Qty{missing}};
    }
    std::vector<ShelfPick> picks;
    for (const auto& [line, shelf, qty] : taken)
        picks.push_back({line, shelf->location, shelf->sku, shelf->lot, qty});
    return picks;
}

}  // namespace kenpin::plan
