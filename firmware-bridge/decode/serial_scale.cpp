#include "firmware-bridge/decode/serial_scale.hpp"

#include <optional>
#include <string>

#include "firmware-bridge/decode/hid_scale.hpp"

namespace kenpin::decode {
namespace {

constexpr std::size_t most_digits = 15;  // more than any scale shows, less than overflows

struct Decimal {
    std::int64_t value = 0;
    int exponent = 0;
};

/// "+00123.4" -> 1234 × 10^-1; an optional sign, digits with at most one point.
std::optional<Decimal> parse_decimal(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    Decimal decimal;
    std::size_t digits = 0;
    bool has_point = false;
    for (const char c : text) {
        if (c == '.' && !has_point) {
            has_point = true;
        } else if (c >= '0' && c <= '9' && digits < most_digits) {
            decimal.value = decimal.value * 10 + (c - '0');
            decimal.exponent -= has_point ? 1 : 0;
            ++digits;
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0) return std::nullopt;
    if (is_negative) decimal.value = -decimal.value;
    return decimal;
}

std::optional<WeightUnit> parse_unit(std::string_view text) {
    if (text == "g") return WeightUnit::gram;
    if (text == "kg") return WeightUnit::kilogram;
    if (text == "mg") return WeightUnit::milligram;
    return std::nullopt;
}

std::string_view without_spaces(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// "+00123.4  g" in mg.
std::optional<std::int64_t> parse_weight(std::string_view text) {
    const auto unit_at = text.find_first_not_of("+-.0123456789 ");
    if (unit_at == std::string_view::npos) return std::nullopt;
    const auto decimal = parse_decimal(without_spaces(text.substr(0, unit_at)));
    const auto unit = parse_unit(without_spaces(text.substr(unit_at)));
    if (!decimal || !unit) return std::nullopt;
    return to_mg(decimal->value, decimal->exponent, *unit);
}

ScaleStatus status_of(bool is_stable, std::int64_t mg) {
    if (!is_stable) return ScaleStatus::in_motion;
    return mg == 0 ? ScaleStatus::stable_at_zero : ScaleStatus::stable;
}

void take_line(std::string_view line, SerialWeights& weights) {
    const auto state = line.substr(0, 3);
    const auto mg = line.size() > 3 ? parse_weight(line.substr(3)) : std::nullopt;
    if (state == "OL,") {
        weights.weights.push_back({0, ScaleStatus::over_limit});
    } else if ((state == "ST," || state == "US,") && mg) {
        weights.weights.push_back({*mg, status_of(state == "ST,", *mg)});
    } else if (state != "QT,") {
        ++weights.malformed;
    }
}

}  // namespace

SerialWeights SerialScaleReader::take(std::string_view bytes) {
    SerialWeights weights;
    const auto framed = framer_.take(bytes);
    weights.malformed = framed.too_long;
    for (const auto& line : framed.scans) take_line(line, weights);
    return weights;
}

}  // namespace kenpin::decode
