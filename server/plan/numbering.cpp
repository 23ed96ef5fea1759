#include "server/plan/numbering.hpp"

#include <string>

#include "core/base/check.hpp"
#include "core/domain/barcode.hpp"

namespace kenpin::plan {
namespace {

std::string padded(std::int64_t number, std::size_t digits) {
    auto text = std::to_string(number);
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
    return text;
}

}  // namespace

ShipmentId shipment_id(std::int64_t running) {
    KENPIN_CHECK(running >= 1);
    return ShipmentId{"S" + padded(running, 7)};
}

ListId list_id(std::int64_t running) {
    KENPIN_CHECK(running >= 1);
    return ListId{"P" + padded(running, 6)};
}

TrackingNo tracking_number(std::int64_t eleven) {
    KENPIN_CHECK(eleven >= 0 && eleven <= 99'999'999'999);
    const auto digits = padded(eleven, 11);
    return TrackingNo{digits + domain::tracking_check_digit(digits)};
}

std::int64_t numbers_left(const NumberRange& range) {
    return range.next > range.last ? 0 : range.last - range.next + 1;
}

std::optional<TrackingNo> take_number(NumberRange& range) {
    if (numbers_left(range) == 0) return std::nullopt;
    return tracking_number(range.next++);
}

int numbers_needed(domain::TrackingCovers covers, int pieces) {
    return covers == domain::TrackingCovers::all_pieces ? 1 : pieces;
}

std::optional<std::vector<TrackingNo>> take_numbers(NumberRange& range, domain::TrackingCovers covers,
                                                    int pieces) {
    const int needed = numbers_needed(covers, pieces);
    if (numbers_left(range) < needed) return std::nullopt;
    std::vector<TrackingNo> numbers;
    for (int piece = 1; piece <= pieces; ++piece)
        numbers.push_back(piece <= needed ? *take_number(range) : numbers.front());
    return numbers;
}

}  // namespace kenpin::plan
