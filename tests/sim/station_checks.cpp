// What a station must do and must not do by what it was told. (The rest of StationInSim: station_in_sim.cpp.)
#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/check.hpp"
#include "tests/sim/station_in_sim.hpp"

namespace kenpin::sim {
namespace {

constexpr Millis lease_slack{2'000};  // the heart hears of what was stored, and of the time, a second later

template <class T, class... Others>
constexpr bool is_any_of = (std::is_same_v<T, Others> || ...);

}  // namespace

// ---- its disk

// A life that is forgotten was wholly on the server.
bool StationInSim::is_acked(Epoch epoch, Seq seq) const {
    for (const auto& life : outbox_->known().lives)
        if (life.epoch == epoch) return seq <= life.acked_upto;
    return true;
}

// A document of the work in hand was being stored when the disk stopped: it may be there.
bool StationInSim::is_cut_off(const flow::Prompt& in_hand) const {
    return cut_off_.contains(in_hand.list.value_or(ListId{}).value) ||
           cut_off_.contains(in_hand.shipment.value_or(ShipmentId{}).value);
}

// What was answered as stored is there; what was never answered may be there, once.
void StationInSim::check_outbox(Off why) {
    const auto resume = outbox_->resume();
    KENPIN_CHECK(static_cast<bool>(resume));
    Ledger::Bodies there;
    for (const auto& event : resume.value().events)
        there[{event.epoch, event.seq}] = protocol::body_to_json(event.body);
    if (why == Off::put_back) ledger_.disk_put_back(there, at_.server_upto);
    for (const auto& lost :
         ledger_.missing(there, [this](const auto& name) { return is_acked(name.first, name.second); }))
        at_.story.broken(at_.id.value + " lost event " + std::to_string(lost.second.value) +
                         " that it had stored");
    std::size_t fresh = 0;
    for (const auto& [name, body] : there)
        if (ledger_.note(name, body)) ++fresh;
    if (fresh > unanswered_) at_.story.broken(at_.id.value + " has events that nobody stored");
    unanswered_ = 0;
}

// ---- acknowledgements

std::optional<protocol::Ack> StationInSim::read_ack(const Letter& letter) const {
    const auto topic = protocol::parse_topic(letter.topic);
    const bool is_heard = exchange_.phase == sync::Exchange::Phase::live;
    if (!is_heard || !topic || topic.value().kind != protocol::Topic::ack) return std::nullopt;
    auto ack = protocol::ack_from_json(letter.payload);
    if (!ack) return std::nullopt;
    return std::move(ack).value();
}

// An answer that asks for an event, heard for the first time, is obeyed at once; notes are passed on.
void StationInSim::expect_of(const protocol::Ack& ack) {
    const auto& lives = exchange_.known.lives;
    const auto& sending = lives[exchange_.sending];
    heard_ = Heard{};
    if (exchange_.server != ack.server)
        return;  // of a server that was put back since, or to be greeted first
    const bool is_known = std::any_of(lives.begin(), lives.end(), [&](const auto& life) {
        return life.epoch == ack.epoch && ack.upto <= life.last_seq;
    });
    if (is_known && ack.notes) heard_->notes_to_pass = ack.notes->size();
    const bool is_gap = ack.epoch == sending.epoch && ack.expect > std::max(sending.acked_upto, ack.upto) &&
                        ack.expect <= exchange_.sent_upto;
    if (is_gap && exchange_.rewound_to != ack.expect) heard_->asked_for = ack.expect;
}

void StationInSim::note_sent(const sync::Publish& message) {
    if (!heard_ || !heard_->asked_for) return;
    const auto batch = protocol::batch_from_json(message.payload, at_.id);
    if (batch && batch.value().events.front().seq == *heard_->asked_for) heard_->asked_for.reset();
}

void StationInSim::check_heard() {
    const auto heard = *std::exchange(heard_, std::nullopt);
    if (heard.asked_for)
        at_.story.broken(at_.id.value + " was asked for event " + std::to_string(heard.asked_for->value) +
                         " again and does not send it");
    if (heard.notes_to_pass > 0)
        at_.story.broken(at_.id.value + " was told of work that did not count and tells its worker nothing");
}

// ---- documents

// A lease runs from its storing, though the program may die before its heart is told.
void StationInSim::note_leases(const sync::StoreDocuments& documents) {
    for (const auto& list : documents.lists) {
        auto& until = leased_until_[list.task.list];
        until = std::max(until, mono() + list.lease);
    }
}

void StationInSim::note_told(const sync::StoreDocuments& documents) {
    const auto note = [this](const ShipmentId& shipment, bool is_stopped) {
        if (is_stopped)
            stopped_.insert(shipment);
        else
            stopped_.erase(shipment);
    };
    for (const auto& list : documents.lists)
        for (const auto& slot : list.task.slots) note(slot.shipment, slot.stopped);
    for (const auto& pack : documents.packs) note(pack.task.shipment, pack.task.stopped);
}

// A scan is judged when its record is asked to be stored.
void StationInSim::check_not_stopped(const protocol::Body& body) {
    const auto shipment = std::visit(
        [](const auto& work) {
            using Work = std::decay_t<decltype(work)>;
            if constexpr (is_any_of<Work, protocol::ItemPicked, protocol::PackOpened, protocol::GoodsVerified,
                                    protocol::PieceClosed>)
                return work.shipment;
            else
                return ShipmentId{};
        },
        body);
    if (stopped_.contains(shipment))
        at_.story.broken(at_.id.value + " goes on with " + shipment.value + ", which it knows to be stopped");
}

// Nothing new is begun on a list whose time is over; the open line is finished.
void StationInSim::check_lease(const protocol::Body& body) {
    const auto list = std::visit(
        [](const auto& work) {
            using Work = std::decay_t<decltype(work)>;
            if constexpr (is_any_of<Work, protocol::ListOpened, protocol::ToteBound,
                                    protocol::LocationConfirmed>)
                return work.list;
            else
                return ListId{};
        },
        body);
    const auto until = leased_until_.find(list);
    if (until != leased_until_.end() && mono() > until->second + lease_slack)
        at_.story.broken(at_.id.value + " begins something on " + list.value + ", whose lease is over");
}

}  // namespace kenpin::sim
