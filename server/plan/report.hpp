#pragma once
// What the shop is told when its goods have left (出荷実績): once, with retries until it accepts.
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::plan {

struct ReportedLine {
    std::string order_number;  // in the shop
    LineNo order_line;
    Sku sku;
    Qty qty;
};
/// One shipment, told to the shop that sold it. Holds no personal data.
struct ShopReport {
    ShopId shop;
    ShipmentId shipment;
    std::vector<std::string> order_numbers;  // in the shop
    int ship_to = 1;                         // addressee within the order
    CarrierId carrier;
    std::string carrier_name;  // "ヤマト運輸"
    std::string service;
    std::vector<TrackingNo> tracking;  // each once
    Instant shipped_at;
    std::vector<ReportedLine> lines;
};

/// The same report always has the same key, so that a shop that heard it twice counts it once.
std::string idempotency_key(const ShopReport& report);

/// How long to wait after the `attempts`-th failure in a row (1..): 1 s, doubling to 10 min.
Millis report_delay(int attempts);

/// What one attempt means. `http_status` 0: the shop was not reached.
protocol::Body judge_report_answer(const ShipmentId& shipment, const ShopId& shop, int attempts,
                                   int http_status, Instant now);

}  // namespace kenpin::plan
