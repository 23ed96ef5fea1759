#pragma once
// Labels of invented people, each with its own number.
#include <string>

#include "printers/encode/zpl.hpp"
#include "printers/layout/waybill.hpp"
#include "tests/printers/layout/sample_papers.hpp"

namespace kenpin::support {

/// The n-th tracking number, 12 digits.
inline TrackingNo tracking_of(int n) {
    auto digits = std::to_string(10'000'000'000 + n);
    int rest = 0;
    for (const char digit : digits) rest = (rest * 10 + (digit - '0')) % 7;
    return {digits + static_cast<char>('0' + rest)};
}

inline Result<std::string> zpl_of(int n, int copy_no = 1) {
    auto fields = layout::sample_waybill();
    fields.tracking = tracking_of(n);
    fields.copy_no = copy_no;
    const auto label = layout::draw_waybill(fields, 8);
    if (!label) return label.error();
    return encode::encode_zpl(label.value().bitmap, {}, {});
}

}  // namespace kenpin::support
