#include "core/domain/shipment.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kenpin::domain {
namespace {

constexpr std::array work_names{"waiting",  "in_work", "picked",    "sorted",
                                "verified", "shipped", "cancelled", "returned"};
constexpr std::array waybill_names{"none", "issued", "matched", "voided"};
constexpr std::array stock_names{"not_kept", "pending", "partial", "allocated"};
constexpr std::array hold_names{"to_confirm",       "unpaid",  "ship_date",    "preorder",
                                "cancel_requested", "address", "unknown_item", "shortage"};
constexpr std::array way_names{"preissued", "on_demand", "own_label"};
constexpr std::array covers_names{"one_piece", "all_pieces"};
constexpr std::array depth_names{"verify_only", "paper_picking", "location_and_handheld"};

template <class Enum, class Names>
std::string_view name_in(const Names& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

template <class Enum, class Names>
std::optional<Enum> find_in(const Names& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

bool is_before_shipping(WorkState state) {
    return state != WorkState::shipped && state != WorkState::cancelled && state != WorkState::returned;
}

}  // namespace

bool may_become(WorkState from, WorkState to) {
    switch (to) {
        case WorkState::waiting:
            return from == WorkState::in_work;  // work taken back
        case WorkState::in_work:
            return from == WorkState::waiting;
        case WorkState::picked:
            return from == WorkState::in_work;
        case WorkState::sorted:
            return from == WorkState::picked;
        case WorkState::verified:
            return is_before_shipping(from) && from != WorkState::verified;
        case WorkState::shipped:
            return from == WorkState::verified;
        case WorkState::cancelled:
            return is_before_shipping(from);
        case WorkState::returned:
            return from == WorkState::shipped;
    }
    return false;
}

bool may_become(WaybillState from, WaybillState to) {
    switch (to) {
        case WaybillState::none:
            return false;
        case WaybillState::issued:
            return from == WaybillState::none || from == WaybillState::voided;
        case WaybillState::matched:
            return from == WaybillState::issued;
        case WaybillState::voided:
            return from == WaybillState::issued || from == WaybillState::matched;
    }
    return false;
}

bool may_start(const ShipmentStates& states) {
    return states.work == WorkState::waiting && states.holds.empty() &&
           (states.stock == StockState::allocated || states.stock == StockState::not_kept);
}

bool is_cancelled(const ShipmentStates& states) {
    return states.work == WorkState::cancelled || states.holds.contains(HoldReason::cancel_requested);
}

std::string_view name(WorkState state) {
    return name_in(work_names, state);
}
std::string_view name(WaybillState state) {
    return name_in(waybill_names, state);
}
std::string_view name(StockState state) {
    return name_in(stock_names, state);
}
std::string_view name(HoldReason reason) {
    return name_in(hold_names, reason);
}
std::string_view name(WaybillWay way) {
    return name_in(way_names, way);
}
std::string_view name(TrackingCovers covers) {
    return name_in(covers_names, covers);
}
std::string_view name(Depth depth) {
    return name_in(depth_names, depth);
}

template <>
std::optional<WorkState> from_name(std::string_view name) {
    return find_in<WorkState>(work_names, name);
}
template <>
std::optional<WaybillState> from_name(std::string_view name) {
    return find_in<WaybillState>(waybill_names, name);
}
template <>
std::optional<StockState> from_name(std::string_view name) {
    return find_in<StockState>(stock_names, name);
}
template <>
std::optional<HoldReason> from_name(std::string_view name) {
    return find_in<HoldReason>(hold_names, name);
}
template <>
std::optional<WaybillWay> from_name(std::string_view name) {
    return find_in<WaybillWay>(way_names, name);
}
template <>
std::optional<TrackingCovers> from_name(std::string_view name) {
    return find_in<TrackingCovers>(covers_names, name);
}
template <>
std::optional<Depth> from_name(std::string_view name) {
    return find_in<Depth>(depth_names, name);
}

}  // namespace kenpin::domain
