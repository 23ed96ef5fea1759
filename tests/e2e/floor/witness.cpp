#include "tests/e2e/floor/witness.hpp"

#include <algorithm>
#include <tuple>

#include <nlohmann/json.hpp>

namespace kenpin::floor {
namespace {

using Json = nlohmann::json;
using Identity = std::tuple<std::string, std::int64_t, std::int64_t>;  // device, epoch, seq

struct Shipment {
    std::multiset<Sku> goods;
    std::set<std::string> tracking;
    int lines = 0;
    bool is_due = false;
    bool is_shipped = false;
    std::set<int> closed;
    std::map<int, std::string> closed_by;  // piece -> tracking
};

// The server's story, told again from its events alone.
struct Story {
    std::map<std::string, Shipment> shipments;
    int orders = 0, lists = 0, matched = 0;
    std::int64_t received = 0;
};

bool comes_from_a_scan(const std::string& kind) {
    static const std::set<std::string> kinds{"worker_signed_in",   "list_opened",    "tote_bound",
                                             "location_confirmed", "item_picked",    "slot_confirmed",
                                             "pack_opened",        "goods_verified", "piece_closed"};
    return kinds.contains(kind);
}

void plan_shipment(Story& story, const Json& body, const std::string& today) {
    auto& shipment = story.shipments[body["shipment"]];
    shipment.is_due = body["ship_day"].get<std::string>() <= today;
    for (const auto& line : body["lines"]) {
        ++shipment.lines;
        for (int i = 0; i < line["qty"].get<int>(); ++i) shipment.goods.insert(Sku{line["sku"]});
    }
}

void tell(Story& story, const StoredEvent& event, const std::string& today) {
    const Json body = Json::parse(event.payload);
    if (event.kind == "order_received") ++story.orders;
    if (event.kind == "list_started") ++story.lists;
    if (event.kind == "shipment_planned") plan_shipment(story, body, today);
    if (event.kind == "waybill_issued") story.shipments[body["shipment"]].tracking.insert(body["tracking"]);
    if (event.kind == "shipment_shipped") story.shipments[body["shipment"]].is_shipped = true;
    if (event.kind == "stock_received")
        for (const auto& row : body["rows"]) story.received += row["qty"].get<std::int64_t>();
    if (event.kind == "piece_closed") {
        auto& shipment = story.shipments[body["shipment"]];
        ++story.matched;
        shipment.closed.insert(body["piece"].get<int>());
        shipment.closed_by[body["piece"].get<int>()] = body["tracking"];
    }
}

class Examiner {
public:
    Examiner(const Evidence& evidence, const std::string& today) : evidence_(evidence) {
        for (const auto& event : evidence.events) tell(story_, event, today);
    }

    Findings findings() {
        count();
        compare_screens_with_events();
        compare_pieces_with_labels();
        compare_shipped_with_reports();
        compare_parcels_with_shipments();
        return std::move(found_);
    }

private:
    void lost(const std::string& what) {
        ++found_.lost;
        found_.notes.push_back("lost: " + what);
    }
    void doubled(const std::string& what) {
        ++found_.doubled;
        found_.notes.push_back("doubled: " + what);
    }

    void count() {
        found_.orders = story_.orders;
        found_.lists = story_.lists;
        found_.shipments = static_cast<int>(story_.shipments.size());
        for (const auto& [id, shipment] : story_.shipments) {
            found_.due += shipment.is_due ? 1 : 0;
            found_.lines += shipment.lines;
            found_.goods += static_cast<int>(shipment.goods.size());
            found_.parcels += static_cast<int>(shipment.closed.size());
            found_.shipped_shipments += shipment.is_shipped ? 1 : 0;
        }
        for (const auto& seen : evidence_.screens) {
            found_.scans_green += seen.is_green() ? 1 : 0;
            found_.scans_refused += seen.kind == "ng" ? 1 : 0;
        }
        for (const auto& parcel : evidence_.parcels)
            found_.shipped_pieces += static_cast<int>(parcel.goods.size());
        found_.labels_printed = static_cast<int>(evidence_.tray.size());
        found_.waybills_matched = story_.matched;
        found_.slips_printed = evidence_.slips;
        found_.reports_received = static_cast<int>(evidence_.reports.size());
        found_.stock_before = story_.received;
        found_.stock_after = evidence_.stock_after;
    }

    void compare_screens_with_events() {
        std::map<Identity, int> on_server;
        std::map<Identity, int> shown_green;
        for (const auto& e : evidence_.events)
            if (comes_from_a_scan(e.kind)) ++on_server[{e.device, e.epoch, e.seq}];
        for (const auto& seen : evidence_.screens)
            if (seen.is_green())
                for (const auto seq : seen.seqs) ++shown_green[{seen.device, seen.epoch, seq}];
        const auto name = [](const Identity& id) {
            return std::get<0>(id) + " seq " + std::to_string(std::get<2>(id));
        };
        std::set<Identity> all_events;
        for (const auto& e : evidence_.events) all_events.insert({e.device, e.epoch, e.seq});
        for (const auto& [id, times] : shown_green) {
            if (!all_events.contains(id)) lost("a scan shown green is not on the server: " + name(id));
            if (times > 1) doubled("a scan was shown green twice: " + name(id));
        }
        for (const auto& [id, times] : on_server) {
            if (!shown_green.contains(id))
                doubled("a scan is on the server that nobody saw green: " + name(id));
            if (times > 1) doubled("a scan is on the server twice: " + name(id));
        }
    }

    void compare_pieces_with_labels() {
        std::multiset<std::string> out(evidence_.tray.begin(), evidence_.tray.end());
        std::set<std::string> closed_numbers;
        for (const auto& [id, shipment] : story_.shipments)
            for (const auto& [piece, tracking] : shipment.closed_by) {
                closed_numbers.insert(tracking);
                if (!out.contains(tracking) && !evidence_.lying.contains(tracking))
                    lost("a piece of " + id + " was closed without a label");
            }
        for (const auto& tracking : std::set<std::string>(out.begin(), out.end())) {
            if (out.count(tracking) > 1) doubled("a label was printed twice: " + tracking);
            if (!closed_numbers.contains(tracking))
                doubled("a label was printed that closed no piece: " + tracking);
        }
    }

    void compare_shipped_with_reports() {
        std::map<std::string, int> told;
        for (const auto& report : evidence_.reports) {
            const Json body = Json::parse(report.body, nullptr, false);
            if (body.is_object()) ++told[body.value("shipment", "")];
        }
        for (const auto& [id, shipment] : story_.shipments) {
            if (shipment.is_shipped && !told.contains(id)) lost("shipped, but the shop was not told: " + id);
            if (!shipment.is_shipped && told.contains(id))
                doubled("not shipped, but the shop was told: " + id);
        }
        for (const auto& [id, times] : told)
            if (times > 1) doubled("the shop was told twice: " + id);
    }

    void compare_parcels_with_shipments() {
        for (const auto& parcel : evidence_.parcels) {
            const auto owner = std::find_if(
                story_.shipments.begin(), story_.shipments.end(),
                [&](const auto& s) { return s.second.tracking.contains(parcel.tracking.value); });
            if (owner != story_.shipments.end() && owner->second.goods == parcel.goods) continue;
            ++found_.wrong_parcels;
            found_.notes.push_back("wrong parcel: " + parcel.tracking.value);
        }
    }

    const Evidence& evidence_;
    Story story_;
    Findings found_;
};

}  // namespace

Findings examine(const Evidence& evidence, const std::string& today) {
    return Examiner(evidence, today).findings();
}

}  // namespace kenpin::floor
