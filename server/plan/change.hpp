#pragma once
// Changing an order (変更依頼: another address, other lines) is a request with an answer, for the whole
// order:
//
//   no shipment of it has begun ─────────> changed: planned anew
//   begun, no box of it closed ──────────> stopped and planned anew; what was taken goes back (棚戻し)
//   a box is closed, verified or shipped ─> too late
#include <string_view>
#include <vector>

#include "core/domain/shipment.hpp"

namespace kenpin::plan {

enum class ChangeAnswer { unchanged, changed, stopped, too_late };
std::string_view name(ChangeAnswer answer);

/// One of its shipments, as it stands when somebody asks.
struct ChangeCase {
    domain::ShipmentStates states{};
    bool has_closed_piece = false;
};

/// `is_same`: what is said anew is what stands; then only goods that are short are a reason to plan anew.
ChangeAnswer judge_change(const std::vector<ChangeCase>& shipments, bool is_same);

}  // namespace kenpin::plan
