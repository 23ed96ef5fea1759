#include "server/plan/cancel.hpp"

#include <array>

namespace kenpin::plan {
namespace {

using domain::HoldReason;
using domain::WorkState;

constexpr std::array names{"cancelled", "stopped", "too_late"};

protocol::Body stop(const ShipmentId& shipment) {
    return protocol::ShipmentHeld{shipment, HoldReason::cancel_requested};
}

}  // namespace

std::string_view name(CancelAnswer answer) {
    return names.at(static_cast<std::size_t>(answer));
}

CancelVerdict judge_cancel(const CancelCase& asked) {
    const auto& states = asked.states;
    if (states.work == WorkState::cancelled) return {CancelAnswer::cancelled, {}};
    if (!domain::may_become(states.work, WorkState::cancelled)) return {CancelAnswer::too_late, {}};
    if (states.work == WorkState::waiting)
        return {CancelAnswer::cancelled, {protocol::ShipmentCancelled{asked.shipment}}};
    if (states.holds.contains(HoldReason::cancel_requested)) return {CancelAnswer::stopped, {}};
    if (asked.is_in_hand) return {CancelAnswer::stopped, {stop(asked.shipment)}};
    return {CancelAnswer::stopped, {stop(asked.shipment), protocol::ShipmentCancelled{asked.shipment}}};
}

}  // namespace kenpin::plan
