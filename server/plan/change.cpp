#include "server/plan/change.hpp"

#include <algorithm>
#include <array>

namespace kenpin::plan {
namespace {

using domain::WorkState;

constexpr std::array names{"unchanged", "changed", "stopped", "too_late"};

bool is_packed(const ChangeCase& shipment) {
    const auto work = shipment.states.work;
    return shipment.has_closed_piece || work == WorkState::verified || work == WorkState::shipped ||
           work == WorkState::returned;
}

bool has_begun(const ChangeCase& shipment) {
    return shipment.states.work != WorkState::waiting && shipment.states.work != WorkState::cancelled;
}

bool is_short(const ChangeCase& shipment) {
    return shipment.states.holds.contains(domain::HoldReason::shortage);
}

}  // namespace

std::string_view name(ChangeAnswer answer) {
    return names.at(static_cast<std::size_t>(answer));
}

ChangeAnswer judge_change(const std::vector<ChangeCase>& shipments, bool is_same) {
    const auto any = [&](auto is) { return std::any_of(shipments.begin(), shipments.end(), is); };
    if (is_same && !any(is_short)) return ChangeAnswer::unchanged;
    if (any(is_packed)) return ChangeAnswer::too_late;
    return any(has_begun) ? ChangeAnswer::stopped : ChangeAnswer::changed;
}

}  // namespace kenpin::plan
