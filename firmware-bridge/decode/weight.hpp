#pragma once
// A weight as a scale reports it, in whole milligrams whatever the scale's own unit.
#include <cstdint>

namespace kenpin::decode {

/// As the HID usage tables order them (page 0x8D, 0x71 to 0x78).
enum class ScaleStatus {
    fault = 1,
    stable_at_zero,
    in_motion,
    stable,
    under_zero,
    over_limit,
    needs_calibration,
    needs_zeroing
};

struct Weight {
    std::int64_t mg = 0;  // negative below zero
    ScaleStatus status = ScaleStatus::stable;
    bool is_stable() const { return status == ScaleStatus::stable || status == ScaleStatus::stable_at_zero; }
    bool operator==(const Weight&) const = default;
};

}  // namespace kenpin::decode
