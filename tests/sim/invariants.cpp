#include "tests/sim/invariants.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/protocol/messages.hpp"
#include "server/store/chain.hpp"
#include "server/store/events.hpp"
#include "server/store/floor.hpp"
#include "server/store/projection.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::sim {
namespace {

constexpr int all_of_them = 1'000'000;
constexpr Millis lease_grace{std::chrono::minutes{2}};  // docs/protocol/sync.md, Leases

template <class Ask>
auto read(sqlite::Database& database, const Ask& ask) {
    using Answer = std::invoke_result_t<Ask, sqlite::Tx&>;
    auto answer = database.read([&](sqlite::Tx& tx) -> Result<Answer> { return ask(tx); });
    KENPIN_CHECK(static_cast<bool>(answer));
    return std::move(answer).value();
}

struct Acknowledged {
    Epoch epoch;
    Seq upto;
};

std::vector<Acknowledged> acknowledged(const Letter& letter) {
    std::vector<Acknowledged> all;
    const auto topic = protocol::parse_topic(letter.topic);
    if (!topic) return all;
    if (topic.value().kind == protocol::Topic::ack)
        if (const auto ack = protocol::ack_from_json(letter.payload))
            all.push_back({ack.value().epoch, ack.value().upto});
    if (topic.value().kind == protocol::Topic::snapshot)
        if (const auto snapshot = protocol::snapshot_from_json(letter.payload))
            for (const auto& stored : snapshot.value().stored) all.push_back({stored.epoch, stored.upto});
    return all;
}

protocol::Body read_body(const std::string& kind, const std::string& payload) {
    auto body = protocol::body_from_json(kind, payload);
    KENPIN_CHECK(static_cast<bool>(body));
    return std::move(body).value();
}

ListId list_of(const protocol::Body& body) {
    return std::visit(
        [](const auto& b) {
            if constexpr (requires { b.list.value.size(); })
                return b.list;
            else
                return ListId{};
        },
        body);
}

/// They are about the same list or shipment.
bool is_same_work(const protocol::Body& a, const protocol::Body& b) {
    const auto of_a = store::subjects_of(a), of_b = store::subjects_of(b);
    return std::any_of(of_a.begin(), of_a.end(), [&](const auto& subject) {
        return std::find(of_b.begin(), of_b.end(), subject) != of_b.end();
    });
}

std::vector<protocol::Body> bodies_before(sqlite::Tx& tx, std::string_view kind, std::int64_t position) {
    std::vector<protocol::Body> bodies;
    for (const auto& [payload] :
         tx.rows<std::string>("SELECT payload FROM event WHERE site = ? AND kind = ? AND position < ?", site,
                              std::string(kind), position))
        bodies.push_back(read_body(std::string(kind), payload));
    return bodies;
}

/// Somebody did not want one of its shipments to leave before the event at `position` came.
bool was_cancelled(sqlite::Tx& tx, const protocol::Body& of, std::int64_t position) {
    const auto before = bodies_before(tx, protocol::CancelAsked::kind, position);
    return std::any_of(before.begin(), before.end(),
                       [&](const auto& body) { return is_same_work(of, body); });
}

/// Another device had the list, or a supervisor took it back, before the event at `position` came.
bool was_taken_away(sqlite::Tx& tx, const ListId& list, const DeviceId& device, std::int64_t position) {
    for (const auto& body : bodies_before(tx, protocol::ListLeased::kind, position)) {
        const auto& leased = std::get<protocol::ListLeased>(body);
        if (leased.list == list && leased.device != device) return true;
    }
    for (const auto& body : bodies_before(tx, protocol::ListRevoked::kind, position))
        if (std::get<protocol::ListRevoked>(body).list == list) return true;
    return false;
}

}  // namespace

std::string whole_server(sqlite::Database& database) {
    return read(database, [](sqlite::Tx& tx) {
        return std::to_string(store::events_after(tx, site, 0, all_of_them).size()) + " events\n" +
               store::projections_as_text(tx, site);
    });
}

// ---- after a step

void Invariants::check_stations() {
    for (const auto& station : world_.stations_)
        for (const auto& life : station->known().lives)
            if (life.acked_upto > world_.server_.upto(station->id(), life.epoch))
                story_.broken(station->id().value + " was acknowledged more than the server has");
}

void Invariants::check_letter(const Letter& letter) {
    for (const auto& ack : acknowledged(letter))
        if (ack.upto > world_.server_.upto(letter.device, ack.epoch))
            story_.broken("the server acknowledges to " + letter.device.value + " what is not durable");
}

void Invariants::check_server() {
    read(world_.server_.database(), [&](sqlite::Tx& tx) {
        check_stock(tx);
        check_closed_pieces(tx);
        check_labels(tx);
        check_wanted(tx);
        return Done{};
    });
}

void Invariants::check_stock(sqlite::Tx& tx) {
    for (const auto& row : store::stock_rows(tx, site))
        if (row.on_hand < Qty{0} || row.shelved < Qty{0} || row.shelved > row.on_hand)
            story_.broken("stock of " + row.sku.value + " at " + row.location.value + ": " +
                          std::to_string(row.on_hand.value) + " there, " + std::to_string(row.shelved.value) +
                          " promised");
    for (const auto& total : store::stock_totals(tx, site))
        if (!total.is_conserved() || total.in_work < Qty{0} || total.shipped < Qty{0} ||
            total.reserved < Qty{0})
            story_.broken("stock of " + total.sku.value + " is not conserved");
}

void Invariants::check_closed_pieces(sqlite::Tx& tx) {
    for (const auto& shipment :
         store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = all_of_them})) {
        const auto pieces = store::pieces_of(tx, site, shipment.owner, shipment.shipment);
        const auto lines = store::shipment_lines(tx, site, shipment.owner, shipment.shipment);
        for (const auto& piece : pieces) {
            if (!piece.closed) {
                if (shipment.states.work == domain::WorkState::shipped)
                    story_.broken(shipment.shipment.value + " left with an open piece");
                continue;
            }
            for (const auto& line : lines)
                if (line.verified != line.qty)
                    story_.broken("a piece of " + shipment.shipment.value +
                                  " is closed with an unverified line");
            if (!piece.live || store::shipment_of_tracking(tx, site, *piece.live) != shipment.shipment)
                story_.broken("a piece of " + shipment.shipment.value + " is closed with another's label");
        }
        for (const auto& line : lines)
            if (line.verified > line.qty || line.taken > line.qty)
                story_.broken("more than ordered for " + shipment.shipment.value);
    }
}

void Invariants::check_labels(sqlite::Tx& tx) {
    std::map<TrackingNo, ShipmentId> whose;
    for (const auto& piece : store::piece_rows(tx, site, {.shop = {}, .after = {}, .limit = all_of_them})) {
        if (!piece.tracking) continue;
        if (!whose.emplace(*piece.tracking, piece.shipment).second)
            story_.broken("tracking number " + piece.tracking->value + " is on two pieces");
    }
}

// A green light is taken back only for what the device could not know: that another one has had the list, or
// nobody, that the shipment was cancelled, or, where its disk was put back, that it had done the same work
// before.
void Invariants::check_evidence(sqlite::Tx& tx) {
    const auto came_late = of_lost_disks(tx);
    for (const auto& [device, epoch, seq, reason, kind, payload, position] :
         tx.rows<DeviceId, Epoch, Seq, std::string, std::string, std::string, std::int64_t>(
             "SELECT evidence.device, evidence.epoch, evidence.seq, reason, kind, payload, position FROM "
             "evidence JOIN event ON event.site = evidence.site AND event.device = evidence.device"
             " AND event.epoch = evidence.epoch AND event.seq = evidence.seq WHERE evidence.site = ?",
             site)) {
        const auto body = read_body(kind, payload);
        if (std::holds_alternative<protocol::TakeOverAsked>(body)) continue;  // a question, not a green light
        const bool is_of_lost_disk =
            station_of(device).ledger().went_with_disk({epoch, seq}) ||
            std::any_of(came_late.begin(), came_late.end(), [&](const Late& late) {
                return late.device == device && late.position < position && is_same_work(late.body, body);
            });
        if (!is_of_lost_disk && !was_cancelled(tx, body, position) &&
            !was_taken_away(tx, list_of(body), device, position))
            story_.broken("event " + std::to_string(seq.value) + " of " + device.value + " (" + kind +
                          ") had no effect: " + reason);
    }
}

std::vector<Invariants::Late> Invariants::of_lost_disks(sqlite::Tx& tx) const {
    std::vector<Late> late;
    for (const auto& [position, event, server_time] : store::events_after(tx, site, 0, all_of_them))
        for (const auto& station : world_.stations_)
            if (station->id() == event.device && station->ledger().went_with_disk({event.epoch, event.seq}))
                late.push_back({event.device, position, event.body});
    return late;
}

const StationInSim& Invariants::station_of(const DeviceId& device) const {
    const auto found = std::find_if(world_.stations_.begin(), world_.stations_.end(),
                                    [&](const auto& station) { return station->id() == device; });
    KENPIN_CHECK(found != world_.stations_.end());
    return **found;
}

// A list goes to another device only when the lease before it is over and two minutes more, when a supervisor
// took it back, or when a worker took it over. All times are the server's own: its clock decided, jumps
// included.
void Invariants::check_leases(sqlite::Tx& tx) {
    struct Lease {
        DeviceId device;
        Instant until;
    };
    std::map<ListId, Lease> standing;
    std::map<ListId, Lease> taken;  // before its time, at the event before; a take-over explains it
    for (const auto& stored : store::events_after(tx, site, 0, all_of_them)) {
        const auto& body = stored.event.body;
        if (const auto* asked = std::get_if<protocol::TakeOverAsked>(&body)) taken.erase(asked->list);
        for (const auto& [list, lease] : taken)
            story_.broken("list " + list.value + " went from " + lease.device.value +
                          " to another device before its lease was over");
        taken.clear();
        if (const auto* revoked = std::get_if<protocol::ListRevoked>(&body)) standing.erase(revoked->list);
        const auto* leased = std::get_if<protocol::ListLeased>(&body);
        if (leased == nullptr) continue;
        const auto before = standing.find(leased->list);
        if (before != standing.end() && before->second.device != leased->device &&
            stored.server_time < before->second.until + lease_grace)
            taken.insert(*before);
        standing[leased->list] = {leased->device, leased->until};
    }
}

// Whoever was told "stopped" or "cancelled" is not told otherwise by a parcel that left.
void Invariants::check_cancelled(sqlite::Tx& tx) {
    std::set<ShipmentId> stopped;
    for (const auto& stored : store::events_after(tx, site, 0, all_of_them)) {
        if (const auto* asked = std::get_if<protocol::CancelAsked>(&stored.event.body))
            if (asked->answer != "too_late") stopped.insert(asked->shipment);
        if (const auto* shipped = std::get_if<protocol::ShipmentShipped>(&stored.event.body))
            if (stopped.contains(shipped->shipment))
                story_.broken(shipped->shipment.value + " left after it was cancelled");
    }
    for (const auto& row : store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = all_of_them}))
        if (stopped.contains(row.shipment) && row.states.work != domain::WorkState::cancelled)
            story_.broken(row.shipment.value + " was to be stopped and is not cancelled in the end");
}

// What is counted is what was told, each event once, less what was kept as evidence.
void Invariants::check_effects(sqlite::Tx& tx) {
    std::set<std::tuple<DeviceId, Epoch, Seq>> without_effect;
    for (const auto& row :
         tx.rows<DeviceId, Epoch, Seq>("SELECT device, epoch, seq FROM evidence WHERE site = ?", site))
        without_effect.insert(row);
    std::map<std::pair<ListId, LineNo>, int> picked;
    std::map<std::pair<ShipmentId, LineNo>, int> verified;
    for (const auto& [position, event, server_time] : store::events_after(tx, site, 0, all_of_them)) {
        if (without_effect.contains({event.device, event.epoch, event.seq})) continue;
        if (const auto* pick = std::get_if<protocol::ItemPicked>(&event.body))
            picked[{pick->list, pick->line}] += pick->units.value;
        if (const auto* goods = std::get_if<protocol::GoodsVerified>(&event.body))
            verified[{goods->shipment, goods->line}] += goods->units.value;
    }
    for (const auto& [list, line, taken] : tx.rows<ListId, LineNo, int>(
             "SELECT list, line, in_hand + in_slot FROM pick_line WHERE site = ?", site))
        if (picked[{list, line}] != taken)
            story_.broken("line " + std::to_string(line.value) + " of list " + list.value + " counts " +
                          std::to_string(taken) + " pieces, stations told of " +
                          std::to_string(picked[{list, line}]));
    for (const auto& [shipment, line, counted] : tx.rows<ShipmentId, LineNo, int>(
             "SELECT shipment, line, verified FROM shipment_line WHERE site = ?", site))
        if (verified[{shipment, line}] != counted)
            story_.broken("line " + std::to_string(line.value) + " of " + shipment.value + " counts " +
                          std::to_string(counted) + " verified, benches told of " +
                          std::to_string(verified[{shipment, line}]));
}

// ---- at rest

void Invariants::check_rest() {
    check_server();
    read(world_.server_.database(), [&](sqlite::Tx& tx) {
        check_evidence(tx);
        check_leases(tx);
        check_cancelled(tx);
        check_void_waybills(tx);
        check_shortages(tx);
        check_effects(tx);
        return Done{};
    });
    check_events();
    check_closed_on_screens();
    check_reports();
    const auto chain =
        read(world_.server_.database(), [](sqlite::Tx& tx) { return store::verify_chain(tx, site); });
    if (!chain.is_whole()) story_.broken("the chain of events is broken");
    check_rebuild();
}

void Invariants::check_events() {
    std::map<DeviceId, std::map<Ledger::Name, std::vector<std::string>>> on_server;
    const auto all = read(world_.server_.database(),
                          [](sqlite::Tx& tx) { return store::events_after(tx, site, 0, all_of_them); });
    for (const auto& [position, event, server_time] : all)
        on_server[event.device][{event.epoch, event.seq}].push_back(protocol::body_to_json(event.body));
    for (const auto& station : world_.stations_)
        for (const auto& broken : station->ledger().compare(on_server[station->id()]))
            story_.broken(station->id().value + ": " + broken);
}

void Invariants::check_closed_on_screens() {
    std::map<ShipmentId, int> closed;
    for (const auto& station : world_.stations_)
        for (const auto& [name, piece] : station->closed()) {
            if (!station->ledger().went_with_disk(name)) ++closed[piece.shipment];
            const auto lies = world_.things_.lying_waybills.find(piece.shipment);
            bool is_its_own = lies != world_.things_.lying_waybills.end() && lies->second == piece.tracking;
            for (const auto& label : station->labels())
                is_its_own =
                    is_its_own || (label.shipment == piece.shipment && label.tracking == piece.tracking);
            if (!is_its_own)
                story_.broken(piece.shipment.value + " was closed with a label that is not its own");
        }
    for (const auto& [shipment, times] : closed)
        if (times != 1) story_.broken(shipment.value + " was closed " + std::to_string(times) + " times");
}

void Invariants::check_reports() {
    int shipped = 0;
    read(world_.server_.database(), [&](sqlite::Tx& tx) {
        for (const auto& row :
             store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = all_of_them}))
            if (row.states.work == domain::WorkState::shipped) ++shipped;
        return Done{};
    });
    if (static_cast<int>(world_.server_.heard_by_shops().size()) != shipped)
        story_.broken(std::to_string(shipped) + " shipments left, shops heard of " +
                      std::to_string(world_.server_.heard_by_shops().size()));
}

void Invariants::check_rebuild() {
    auto& database = world_.server_.database();
    const auto before = whole_server(database);
    if (!store::rebuild(database, site)) return story_.broken("the projections could not be rebuilt");
    if (whole_server(database) != before) story_.broken("the projections rebuilt from the events are others");
}

}  // namespace kenpin::sim
