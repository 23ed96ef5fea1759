#pragma once
// HID scales (usage page 0x8D): input reports -> Weight, in whole milligrams. Pure, integers only.
// Unit, exponent and status are found through the report descriptor.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "firmware-bridge/decode/hid_report.hpp"
#include "firmware-bridge/decode/weight.hpp"

namespace kenpin::decode {

/// Units in the order of the usage tables (0x51 ..).
enum class WeightUnit {
    milligram = 1,
    gram,
    kilogram,
    carat,
    tael,
    grain,
    pennyweight,
    tonne,
    short_ton,
    troy_ounce,
    ounce,
    pound
};

/// `value` × 10^`exponent` of `unit`, in mg, rounded to the nearest. Nothing when that is more than int64_t
/// holds.
std::optional<std::int64_t> to_mg(std::int64_t value, int exponent, WeightUnit unit);

class HidScaleReader {
public:
    /// Nothing when the descriptor has no weight (0x40) with a unit.
    static std::optional<HidScaleReader> for_device(const HidReports& reports);

    /// One input report as it came, its id included. Nothing for other reports, short ones and weights
    /// beyond all measure. Below zero such scales send the magnitude with that status [B]: mg is negative.
    std::optional<Weight> take(std::string_view report) const;

    /// Sets the scale to zero (Scale Control Report); nothing: this scale cannot.
    std::optional<HidHostReport> zero() const { return zero_; }

private:
    static constexpr std::size_t statuses = 8, units = 12;

    HidPlace weight_;
    std::optional<HidPlace> scaling_;
    std::array<std::optional<HidPlace>, statuses> status_;
    std::array<std::optional<HidPlace>, units> unit_;
    std::optional<HidHostReport> zero_;
};

}  // namespace kenpin::decode
