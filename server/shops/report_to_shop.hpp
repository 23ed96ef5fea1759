#pragma once
// Telling a shop what left (出荷実績): a POST to its webhook (docs/api/report.md).
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/plan/report.hpp"

namespace kenpin::shops {

std::string report_json(const plan::ShopReport& report);

struct ReportTimeouts {
    Millis connect{3'000};
    Millis answer{10'000};
};

/// Posts `body` once, with `Idempotency-Key: key`. The answer is the HTTP status, whatever it is; redirects
/// are not followed. Blocks up to the timeouts: call it on a thread of its own. Errors: refused (not an http
/// or https URL), unreachable (no connection or no answer in time).
Result<int> send_report(const std::string& url, const std::string& body, const std::string& key,
                        const ReportTimeouts& timeouts);

}  // namespace kenpin::shops
