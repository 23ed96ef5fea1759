#include "server/plan/report.hpp"

#include <algorithm>

namespace kenpin::plan {

std::string idempotency_key(const ShopReport& report) {
    return report.shop.value + "-" + report.shipment.value + "-shipped";
}

Millis report_delay(int attempts) {
    constexpr Millis first{1'000};
    constexpr Millis longest{600'000};
    constexpr int doublings_to_longest = 10;
    const int doublings = std::clamp(attempts - 1, 0, doublings_to_longest);
    return std::min(first * (1 << doublings), longest);
}

protocol::Body judge_report_answer(const ShipmentId& shipment, const ShopId& shop, int attempts,
                                   int http_status, Instant now) {
    if (http_status >= 200 && http_status < 300) return protocol::ReportAccepted{shipment, shop, attempts};
    const auto reason = http_status == 0 ? std::string("unreachable") : "http_" + std::to_string(http_status);
    return protocol::ReportFailed{shipment, shop, attempts, reason, now + report_delay(attempts)};
}

}  // namespace kenpin::plan
