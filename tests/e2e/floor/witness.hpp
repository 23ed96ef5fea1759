#pragma once
// What really happened, counted from witnesses that know nothing of each other: the stations' own screen
// logs, the server's events, the label printers' trays, the papers that lay there beforehand, the shops'
// ends, and the parcels as the workers packed them. Pure.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/floor/screen.hpp"
#include "tests/e2e/floor/shop_end.hpp"
#include "tests/e2e/floor/things.hpp"

namespace kenpin::floor {

struct StoredEvent {
    std::string device;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string kind;
    std::string payload;  // JSON
};

struct Evidence {
    std::vector<Seen> screens;            // every line of every station's log
    std::vector<StoredEvent> events;      // the server's table
    std::vector<std::string> tray;        // tracking numbers read back from each label that came out
    std::set<std::string> lying;          // preissued waybills
    std::vector<ReceivedReport> reports;  // accepted by the shops
    std::vector<Parcel> parcels;          // as packed
    std::int64_t stock_after = 0;         // sum of on hand on the server
    int slips = 0;                        // papers in the slip printer's tray
};

struct Findings {
    int orders = 0, shipments = 0, due = 0, lines = 0, goods = 0, lists = 0;
    int scans_green = 0, scans_refused = 0;
    int parcels = 0, labels_printed = 0, waybills_matched = 0, slips_printed = 0, reports_received = 0;
    int shipped_shipments = 0;
    std::int64_t stock_before = 0, stock_after = 0, shipped_pieces = 0;
    int wrong_parcels = 0;  // a parcel whose goods are not those of the shipment its label belongs to
    int lost = 0, doubled = 0;
    std::vector<std::string> notes;  // one sentence per thing that was lost, doubled or wrong
};

/// `today`: the business day, "2026-11-24".
Findings examine(const Evidence& evidence, const std::string& today);

}  // namespace kenpin::floor
