#include "firmware-bridge/decode/hid_scale.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace kenpin::decode {
namespace {

__extension__ using Wide = __int128;  // 32 bits of weight × the largest unit × 10^12 fit

constexpr HidUsage on_scale(std::size_t id) {
    return {hid_page::scale, static_cast<std::uint16_t>(id)};
}
constexpr HidUsage data_weight = on_scale(0x40), data_scaling = on_scale(0x41);
constexpr std::size_t first_unit = 0x51, first_status = 0x71;
constexpr HidUsage zero_scale = on_scale(0x80), enforced_zero = on_scale(0x81);

/// In ng (10^-6 mg), exact; the tael is Hong Kong's. Source: the units' legal definitions.
constexpr std::array<std::int64_t, 12> unit_ng = {
    1'000'000,              // milligram
    1'000'000'000,          // gram
    1'000'000'000'000,      // kilogram
    200'000'000,            // carat
    37'799'364'167,         // tael
    64'798'910,             // grain
    1'555'173'840,          // pennyweight
    1'000'000'000'000'000,  // tonne
    907'184'740'000'000,    // short ton
    31'103'476'800,         // troy ounce
    28'349'523'125,         // ounce
    453'592'370'000,        // pound
};
constexpr int ng_exponent = -6;                  // of mg
constexpr Wide beyond_measure = Wide{1} << 115;  // ten times this still fits

std::optional<Wide> times_ten_to(Wide value, int exponent) {
    for (; exponent > 0 && value != 0; --exponent) {
        if (value > beyond_measure || value < -beyond_measure) return std::nullopt;
        value *= 10;
    }
    Wide below = 1;
    for (; exponent < 0 && below < beyond_measure; ++exponent) below *= 10;
    const Wide half = value < 0 ? -(below / 2) : below / 2;
    return exponent < 0 ? Wide{0} : (value + half) / below;
}

std::optional<int> first_on(std::span<const std::optional<HidPlace>> places, std::string_view report) {
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i] && is_on(*places[i], report)) return static_cast<int>(i) + 1;
    return std::nullopt;
}

/// Always with its sign: some descriptors forget to say that it has one.
int exponent_at(const HidPlace& place, std::string_view report) {
    auto with_sign = place;
    with_sign.is_signed = true;
    return static_cast<int>(std::clamp<std::int64_t>(value_at(with_sign, report).value_or(0), -128, 127));
}

std::optional<HidHostReport> zero_report(const HidReports& reports) {
    for (const auto direction : {HidDirection::output, HidDirection::feature})
        for (const auto usage : {zero_scale, enforced_zero})
            if (const auto place = place_of(reports, direction, usage)) {
                auto report = blank_report(reports, *place);
                switch_on(report, *place);
                return report;
            }
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> to_mg(std::int64_t value, int exponent, WeightUnit unit) {
    const auto ng = Wide{value} * unit_ng[static_cast<std::size_t>(unit) - 1];
    const auto mg = times_ten_to(ng, exponent + ng_exponent);
    using Limits = std::numeric_limits<std::int64_t>;
    if (!mg || *mg > Limits::max() || *mg < Limits::min()) return std::nullopt;
    return static_cast<std::int64_t>(*mg);
}

std::optional<HidScaleReader> HidScaleReader::for_device(const HidReports& reports) {
    const auto weight = place_of(reports, HidDirection::input, data_weight);
    if (!weight) return std::nullopt;
    HidScaleReader reader;
    reader.weight_ = *weight;
    reader.scaling_ = place_of(reports, HidDirection::input, data_scaling);
    for (std::size_t i = 0; i < statuses; ++i)
        reader.status_[i] = place_of(reports, HidDirection::input, on_scale(first_status + i));
    bool has_unit = false;
    for (std::size_t i = 0; i < units; ++i) {
        reader.unit_[i] = place_of(reports, HidDirection::input, on_scale(first_unit + i));
        has_unit = has_unit || reader.unit_[i];
    }
    if (!has_unit) return std::nullopt;
    reader.zero_ = zero_report(reports);
    return reader;
}

std::optional<Weight> HidScaleReader::take(std::string_view report) const {
    const auto value = value_at(weight_, report);
    const auto unit = first_on(unit_, report);
    if (!value || !unit) return std::nullopt;
    const int exponent = scaling_ ? exponent_at(*scaling_, report) : 0;
    const auto mg = to_mg(*value, exponent, static_cast<WeightUnit>(*unit));
    if (!mg) return std::nullopt;
    const auto status = static_cast<ScaleStatus>(
        first_on(status_, report).value_or(static_cast<int>(ScaleStatus::in_motion)));
    const bool is_magnitude = status == ScaleStatus::under_zero && *mg > 0;
    return Weight{is_magnitude ? -*mg : *mg, status};
}

}  // namespace kenpin::decode
