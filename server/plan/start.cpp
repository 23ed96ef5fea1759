#include "server/plan/start.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/base/check.hpp"

namespace kenpin::plan {
namespace {

bool is_due(const WaitingShipment& shipment, Day today) {
    return shipment.states.work == domain::WorkState::waiting && shipment.ship_day <= today;
}

// Nothing when work may start as far as its states say.
std::optional<WaitReason> stopped_by_state(const WaitingShipment& shipment) {
    if (domain::may_start(shipment.states)) {
        if (shipment.is_cooling) return WaitReason::cooling;
        const bool needs_numbers = shipment.way == domain::WaybillWay::preissued;
        if (needs_numbers && shipment.numbers_known < shipment.pieces)
            return WaitReason::waybill_number_missing;
        return std::nullopt;
    }
    return shipment.states.holds.empty() ? WaitReason::no_stock : WaitReason::held;
}

// Numbers for a label of our own; a shipment that was started before and taken back keeps those it has.
bool issue_numbers(const WaitingShipment& shipment, PreparedStart& out) {
    if (shipment.way != domain::WaybillWay::own_label || shipment.numbers_known >= shipment.pieces)
        return true;
    const auto range = std::find_if(out.ranges.begin(), out.ranges.end(), [&](const auto& r) {
        return r.shop == shipment.shop && r.carrier == shipment.carrier;
    });
    if (range == out.ranges.end()) return false;
    const auto numbers = take_numbers(*range, shipment.covers, shipment.pieces);
    if (!numbers) return false;
    for (int piece = 1; piece <= shipment.pieces; ++piece)
        out.issued.push_back({shipment.shipment, PieceNo{piece},
                              (*numbers)[static_cast<std::size_t>(piece - 1)],
                              domain::WaybillWay::own_label});
    return true;
}

protocol::StartedLine started(const ShipmentId& shipment, const ShelfPick& pick) {
    return {LineNo{0}, shipment, pick.shipment_line, SlotNo{0}, pick.location, pick.sku, pick.lot, pick.qty};
}

using Lines = std::vector<protocol::StartedLine>;

// Nothing when a line is not on any pick shelf.
std::optional<Lines> lines_to_pick(const WaitingShipment& shipment, std::vector<ShelfStock>& shelves,
                                   Day today) {
    Lines lines;
    if (shipment.states.stock == domain::StockState::not_kept) {
        for (const auto& line : shipment.lines)
            lines.push_back(started(shipment.shipment, {line.line, {}, line.sku, {}, line.wanted}));
        return lines;
    }
    const auto chosen = choose_shelves(shipment.lines, shelves, today);
    if (std::holds_alternative<NotOnShelf>(chosen)) return std::nullopt;
    for (const auto& pick : std::get<std::vector<ShelfPick>>(chosen))
        lines.push_back(started(shipment.shipment, pick));
    return lines;
}

void give_back(const Lines& lines, std::vector<ShelfStock>& shelves) {
    for (const auto& line : lines)
        for (auto& shelf : shelves)
            if (shelf.location == line.location && shelf.sku == line.sku && shelf.lot == line.lot)
                shelf.free.value += line.qty.value;
}

void prepare(const WaitingShipment& shipment, std::vector<ShelfStock>& shelves, Day today,
             PreparedStart& out) {
    if (const auto reason = stopped_by_state(shipment)) {
        out.waiting.push_back({shipment.shipment, *reason});
        return;
    }
    auto lines = lines_to_pick(shipment, shelves, today);
    if (!lines) {
        out.waiting.push_back({shipment.shipment, WaitReason::not_on_pick_shelf});
        return;
    }
    if (!issue_numbers(shipment, out)) {
        give_back(*lines, shelves);
        out.waiting.push_back({shipment.shipment, WaitReason::number_range_used_up});
        return;
    }
    out.shipments.push_back({shipment.shipment, shipment.carrier, shipment.ship_day, std::move(*lines)});
}

}  // namespace

std::string_view name(WaitReason reason) {
    constexpr std::array<std::string_view, 6> names{
        "held", "no_stock", "not_on_pick_shelf", "waybill_number_missing", "number_range_used_up", "cooling"};
    return names[static_cast<std::size_t>(reason)];
}

PreparedStart prepare_start(std::vector<WaitingShipment> shipments, std::vector<ShelfStock> shelves,
                            std::vector<NumberRange> ranges, Day today) {
    std::sort(shipments.begin(), shipments.end(), [](const auto& a, const auto& b) {
        return std::tie(a.ordered_at, a.shipment) < std::tie(b.ordered_at, b.shipment);
    });
    PreparedStart out;
    out.ranges = std::move(ranges);
    for (const auto& shipment : shipments)
        if (is_due(shipment, today)) prepare(shipment, shelves, today, out);
    return out;
}

std::vector<protocol::ListStarted> start_lists(const OwnerId& owner, const std::vector<Cart>& carts,
                                               std::vector<Bench> benches, std::int64_t first_list) {
    KENPIN_CHECK(!benches.empty());
    std::vector<protocol::ListStarted> lists;
    for (const auto& cart : carts) {
        const auto bench = std::min_element(benches.begin(), benches.end(), [](const auto& a, const auto& b) {
            return std::tie(a.open_shipments, a.device) < std::tie(b.open_shipments, b.device);
        });
        lists.push_back({owner, list_id(first_list++), bench->device, cart.slots, cart.lines});
        bench->open_shipments += static_cast<int>(cart.slots.size());
    }
    return lists;
}

}  // namespace kenpin::plan
