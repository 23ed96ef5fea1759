#pragma once
// Intake (受注取込): may this order be taken, and what leaves for it? An order is judged as a whole: one line
// that cannot be taken stops all of it, and what is refused is kept as it came with every problem named. The
// same order twice changes nothing; the same number with other content is a conflict and the first stands.
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/order.hpp"
#include "core/domain/shipment.hpp"
#include "core/protocol/events.hpp"
#include "server/plan/catalogue.hpp"
#include "server/plan/received_order.hpp"
#include "server/plan/ship_day.hpp"

namespace kenpin::plan {

/// How a shop's orders leave.
struct ShopRules {
    OwnerId owner;
    ShopId shop;
    CarrierId carrier;
    std::string service;
    domain::WaybillWay way = domain::WaybillWay::own_label;
    domain::TrackingCovers covers = domain::TrackingCovers::one_piece;
    bool keeps_stock = true;  // false at depth 1 (検品のみ), and where the shop's own system keeps it
    CarrierDays days;
    ShopCalendar calendar = {};
};

/// What reading and the rules of individual handling found out before.
struct FoundBefore {
    std::vector<std::string> doubts{};    // codes for which the order is taken, but held
    std::vector<std::string> notes{};     // codes that only tell
    std::vector<std::string> handling{};  // 個別対応
    std::string file{};                   // where it stood: the file, its first record; "api", 0
    int record = 0;
};

struct Intake {
    const ShopRules& shop;
    const Catalogue& catalogue;
    std::optional<std::string> known_hash;  // content hash of the order with this number, when we have one
    Instant now;
    std::int64_t first_shipment = 1;                    // running number for shipment_id()
    BuyerTextId buyer_text;                             // under which the buyer's words will be sealed
    std::function<std::string(std::string_view)> hash;  // keyed: the text holds personal data
    FoundBefore found = {};
};

/// One thing that is wrong. `field` is named as in docs/api/order.md ("lines[0].qty"), `reason` is a key for
/// people's languages without its "order." ("missing", "out_of_range", "unknown_item", …). No content.
struct Problem {
    std::string field;
    std::string reason;
    bool operator==(const Problem&) const = default;
};

struct Accepted {
    domain::Order order;
    std::vector<protocol::ShipmentPlanned> shipments;  // one for each addressee
    std::set<domain::HoldReason> holds;                // of each of them
    BuyerText buyer_text;                              // seal it under order.buyer_text
    protocol::OrderJudged judged;                      // outcome, codes, handling
};
struct AlreadyHere {
    OrderId order;
    bool is_paid = true, is_cancelled = false;  // what the shop says of it now
    bool is_set_aside = false;  // it is not here: somebody decided that this content is not taken
    bool is_too_late = false;   // is_cancelled, and it has left
    bool is_released = false;   // is_paid, and that was what it waited for
};
struct Conflict {
    OrderId order;
};
struct Refused {
    std::vector<Problem> problems;  // at least one
    protocol::OrderJudged judged;
};
struct Cancelled {  // nothing is taken, nothing is to be corrected
    OrderId order;
    bool is_too_late = false;  // it was here, and has left
};
using IntakeVerdict = std::variant<Accepted, AlreadyHere, Conflict, Refused, Cancelled>;

/// `unreadable`: what reading found wrong already; with any, the order is refused.
IntakeVerdict judge_order(const ReceivedOrder& received, const Intake& intake,
                          const std::vector<Problem>& unreadable = {});
/// Of a record that is cut off nothing else is told: what is missing made it wrong.
/// A code that nobody knows and a conflict wait for somebody's word, an order without its lines for the other
/// file: "hold"; else "reject".
Refused refusal_of(std::vector<Problem> problems, const FoundBefore& found);

/// "RAKUTEN:298765-20261123-0000003577".
OrderId order_id(const ShopId& shop, const std::string& number_in_shop);

/// What an accepted order means: OrderReceived, then ShipmentPlanned and its ShipmentHeld for each shipment.
std::vector<protocol::Body> events_of(const Accepted& accepted);
/// The first problem decides the reason ("order.unknown_item"); the detail names all fields.
protocol::OrderRefused event_of(const Refused& refused, const ShopRules& shop,
                                const std::string& number_in_shop, const std::string& received_file);

}  // namespace kenpin::plan
