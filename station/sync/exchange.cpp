#include "station/sync/exchange.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"

namespace kenpin::sync {
namespace {

using Phase = Exchange::Phase;
using protocol::Topic;

constexpr auto window_events = limits::batch_events * limits::window_batches;

struct Turn {  // one call of on()
    Exchange state;
    Now now;
    std::vector<Output> out;
};

Millis doubled(Millis pause, Millis longest) {
    return std::min(pause * 2, longest);
}

Seq plus(Seq seq, std::size_t n) {
    return Seq{seq.value + static_cast<std::int64_t>(n)};
}

std::size_t distance(Seq from, Seq upto) {
    return static_cast<std::size_t>(upto.value - from.value);
}

protocol::Life& sending(Exchange& s) {
    return s.known.lives[s.sending];
}
const protocol::Life& sending(const Exchange& s) {
    return s.known.lives[s.sending];
}

std::size_t oldest_unfinished(const std::vector<protocol::Life>& lives) {
    std::size_t at = 0;
    while (at + 1 < lives.size() && lives[at].acked_upto >= lives[at].last_seq) ++at;
    return at;
}

protocol::Life* find_life(Exchange& s, Epoch epoch) {
    const auto found = std::find_if(s.known.lives.begin(), s.known.lives.end(),
                                    [&](const auto& life) { return life.epoch == epoch; });
    return found == s.known.lives.end() ? nullptr : &*found;
}

Seq ahead_upto(const Exchange& s) {
    return plus(sending(s).acked_upto, s.ahead.size());
}

std::string topic_of(const Exchange& s, Topic kind) {
    return protocol::topic(s.me.site, s.me.device, kind);
}

void expect_answer(Turn& t) {
    if (!t.state.unanswered_since) t.state.unanswered_since = t.now.mono;
}

// ---- sending
// ------------------------------------------------------------------------------------------------------

void send_next_batch(Turn& t) {
    auto& s = t.state;
    const auto begin =
        s.ahead.begin() + static_cast<std::ptrdiff_t>(distance(sending(s).acked_upto, s.sent_upto));
    const auto size = std::min<std::ptrdiff_t>(s.ahead.end() - begin, limits::batch_events);
    s.sent_upto = plus(s.sent_upto, static_cast<std::size_t>(size));
    s.in_flight.push_back(s.sent_upto);
    t.out.emplace_back(Publish{topic_of(s, Topic::ev),
                               to_json(protocol::EventBatch{sending(s).epoch, {begin, begin + size}}),
                               false});
    expect_answer(t);
    if (!s.resend_at) s.resend_at = t.now.mono + s.resend_pause;
}

void read_more(Turn& t) {
    auto& s = t.state;
    const auto have = ahead_upto(s);
    if (s.reading_after || s.ahead.size() >= window_events || have >= sending(s).last_seq) return;
    s.reading_after = have;
    t.out.emplace_back(ReadEvents{sending(s).epoch, have, window_events - s.ahead.size()});
}

void send_what_fits(Turn& t) {
    auto& s = t.state;
    if (s.phase != Phase::live) return;
    while (s.in_flight.size() < limits::window_batches && s.sent_upto < ahead_upto(s)) send_next_batch(t);
    read_more(t);
}

void forget_sent(Exchange& s) {
    s.sent_upto = sending(s).acked_upto;
    s.in_flight.clear();
    s.resend_at.reset();
}

// Nothing of what was in memory is of this life.
void turn_to_life(Exchange& s, std::size_t life) {
    s.sending = life;
    s.ahead.clear();
    s.reading_after.reset();
    s.rewound_to.reset();
    forget_sent(s);
}

void send_again(Turn& t) {
    auto& s = t.state;
    forget_sent(s);
    s.rewound_to.reset();
    s.resend_pause = doubled(s.resend_pause, limits::resend_longest);
    send_what_fits(t);
}

void greet(Turn& t) {
    auto& s = t.state;
    const protocol::Hello hello{s.known.lives, ++s.hellos,    t.now.wall,   s.me.role,
                                s.me.program,  s.known.lists, s.known.packs};
    t.out.emplace_back(Publish{topic_of(s, Topic::hello), to_json(hello), false});
    s.greet_at = t.now.mono + s.greet_pause;
    s.greet_pause = doubled(s.greet_pause, limits::resend_longest);
    expect_answer(t);
}

// ---- the connection
// -----------------------------------------------------------------------------------------------

void start_connecting(Turn& t) {
    auto& s = t.state;
    s.phase = Phase::connecting;
    s.connect_at = t.now.mono + limits::connect_longest;  // no answer at all: begin anew
    s.greet_at.reset();
    s.unanswered_since.reset();
    s.reading_after.reset();  // whatever was asked of the disk is asked anew
    s.server_ahead.reset();   // it may be another server, or one with another clock
    s.server.reset();
    forget_sent(s);
    t.out.emplace_back(Connect{});
}

void greet_first(Turn& t) {
    auto& s = t.state;
    s.phase = Phase::greeting;
    s.hello_answered = s.hellos;
    s.connect_at.reset();
    s.greet_pause = limits::resend_first;
    s.resend_pause = limits::resend_first;
    t.out.emplace_back(Subscribe{protocol::device_subscriptions(s.me.site, s.me.device)});
    t.out.emplace_back(Publish{topic_of(s, Topic::presence),
                               to_json(protocol::Presence{true, s.known.current().epoch, s.me.role}), true});
    greet(t);
}

void wait_to_connect(Turn& t) {
    auto& s = t.state;
    s.phase = Phase::down;
    s.connect_at = t.now.mono + s.connect_pause;
    s.connect_pause = doubled(s.connect_pause, limits::reconnect_longest);
    s.greet_at.reset();
    s.unanswered_since.reset();
    forget_sent(s);
}

void heard_server(Turn& t) {
    t.state.unanswered_since.reset();
    if (!t.state.in_flight.empty()) expect_answer(t);
}

// ---- acknowledgements
// ---------------------------------------------------------------------------------------------

// Of the life that is being sent.
void shorten_ahead(Turn& t, Seq upto) {
    auto& s = t.state;
    const auto done = std::min(distance(sending(s).acked_upto, upto), s.ahead.size());
    s.ahead.erase(s.ahead.begin(), s.ahead.begin() + static_cast<std::ptrdiff_t>(done));
    sending(s).acked_upto = upto;
    s.sent_upto = std::max(s.sent_upto, upto);
    std::erase_if(s.in_flight, [&](Seq last) { return last <= upto; });
    s.resend_pause = limits::resend_first;
    s.resend_at.reset();
    if (!s.in_flight.empty()) s.resend_at = t.now.mono + s.resend_pause;
    s.rewound_to.reset();
    if (s.reading_after && *s.reading_after < upto) s.reading_after.reset();  // its answer has nothing new
}

void take_ack(Turn& t, protocol::Life& life, Seq upto) {
    auto& s = t.state;
    if (upto <= life.acked_upto) return;
    if (&life == &sending(s))
        shorten_ahead(t, upto);
    else
        life.acked_upto = upto;
    t.out.emplace_back(MarkAcked{life.epoch, upto});
    const auto next = oldest_unfinished(s.known.lives);
    if (next != s.sending) turn_to_life(s, next);
}

// Only from the first snapshot of a connection or of another opening: the server's database is older than
// what it once acknowledged.
void go_back_to(Turn& t, protocol::Life& life, Seq upto) {
    auto& s = t.state;
    life.acked_upto = upto;
    t.out.emplace_back(
        Complain{"the server has events only up to " + std::to_string(upto.value) + ", sending again"});
    t.out.emplace_back(MarkAcked{life.epoch, upto});
    turn_to_life(s, oldest_unfinished(s.known.lives));
}

void close_gap(Turn& t, Seq expect) {
    auto& s = t.state;
    const bool is_ours = expect > sending(s).acked_upto && expect <= s.sent_upto;
    if (!is_ours || s.rewound_to == expect) return;
    forget_sent(s);
    s.rewound_to = expect;
    send_what_fits(t);
}

// ---- which server
// ---------------------------------------------------------------------------------------------------

// A server that was opened anew may have been put back to an older copy: what it says is understood only
// after its snapshot said where it stands.
void greet_another(Turn& t, Epoch server) {
    auto& s = t.state;
    if (s.phase != Phase::live || s.server_greeted == server) return;
    s.server_greeted = server;
    greet(t);
}

void take(Turn& t, const protocol::Ack& ack) {
    auto& s = t.state;
    if (s.server != ack.server) return greet_another(t, ack.server);
    auto* life = find_life(s, ack.epoch);
    if (life == nullptr) return;  // of one that is not on this device any more
    if (ack.upto > life->last_seq) {
        t.out.emplace_back(Complain{"ack beyond the newest event"});
        return;
    }
    take_ack(t, *life, ack.upto);
    if (ack.notes) t.out.emplace_back(Answered{ack.epoch, *ack.notes});
    if (ack.expect.value != 0 && life == &sending(s)) close_gap(t, ack.expect);
    heard_server(t);
    send_what_fits(t);
}

// ---- documents
// ----------------------------------------------------------------------------------------------------

void store(Turn& t, StoreDocuments documents) {
    if (documents.lists.empty() && documents.packs.empty() && documents.gone.empty()) return;
    t.out.emplace_back(std::move(documents));
}

// The server having more of a life than the device: the device was put back to an older copy. What it wrote
// since then is in other lives, so nothing is taken for anything else.
void settle_life(Turn& t, const protocol::StoredUpto& stored, bool is_anew) {
    auto* life = find_life(t.state, stored.epoch);
    if (life == nullptr) return;
    if (stored.upto > life->last_seq)
        t.out.emplace_back(Complain{"this device's database was put back to an older copy"});
    const auto upto = std::min(stored.upto, life->last_seq);
    if (upto < life->acked_upto && is_anew)
        go_back_to(t, *life, upto);
    else
        take_ack(t, *life, upto);
    t.out.emplace_back(MarkKept{stored.epoch, stored.kept_upto});
    // Their acknowledgement was lost on its way, or the line was: they are not sent again, so this is the
    // answer.
    if (stored.notes) t.out.emplace_back(Answered{stored.epoch, *stored.notes});
}

void note_server_time(Turn& t, Instant server_time) {
    const auto ahead = server_time.time_since_epoch() - t.now.mono;
    t.state.server_ahead = std::max(t.state.server_ahead.value_or(ahead), ahead);
}

void take(Turn& t, protocol::Snapshot snapshot) {
    auto& s = t.state;
    if (snapshot.epoch != s.known.current().epoch) return;  // answers a hello of a former life
    if (snapshot.hello <= s.hello_answered) return;         // was overtaken
    s.hello_answered = snapshot.hello;
    const bool is_anew = s.server != snapshot.server;
    for (const auto& stored : snapshot.stored) settle_life(t, stored, is_anew);
    s.server = snapshot.server;
    s.server_greeted.reset();
    s.phase = Phase::live;
    s.connect_pause = limits::reconnect_first;
    s.greet_at = t.now.mono + limits::greet_again;
    s.greet_pause = limits::resend_first;
    heard_server(t);
    note_server_time(t, snapshot.server_time);
    t.out.emplace_back(ApplySettings{std::move(snapshot.settings), snapshot.server, snapshot.server_time});
    store(t,
          {std::move(snapshot.lists), std::move(snapshot.packs), std::move(snapshot.gone), snapshot.server});
    send_what_fits(t);
}

void take(Turn& t, protocol::DocPublished doc) {
    if (t.state.server && t.state.server != doc.server) return greet_another(t, doc.server);
    store(t, {std::move(doc.lists), std::move(doc.packs), std::move(doc.gone), doc.server});
}

// What lay somewhere for too long must not happen now: nobody expects it any more. Before the first snapshot
// nothing can be said about its age; the server says it again after that.
void take(Turn& t, protocol::Command command) {
    const auto ahead = t.state.server_ahead;
    if (!ahead) {
        t.out.emplace_back(Complain{"a command before the snapshot: " + command.what});
        return;
    }
    const bool is_late = command.expires <= Instant{t.now.mono + *ahead};
    if (is_late) t.out.emplace_back(Complain{"a command came too late: " + command.what});
    t.out.emplace_back(Deliver{std::move(command), is_late});
}

template <class T>
void take_if_readable(Turn& t, Result<T> message) {
    if (message)
        take(t, std::move(message).value());
    else
        t.out.emplace_back(Complain{"message of the server: " + message.error().detail});
}

void take_message(Turn& t, Topic kind, const std::string& payload) {
    switch (kind) {
        case Topic::ack:
            return take_if_readable(t, protocol::ack_from_json(payload));
        case Topic::snapshot:
            return take_if_readable(t, protocol::snapshot_from_json(payload));
        case Topic::doc:
            return take_if_readable(t, protocol::doc_from_json(payload));
        case Topic::cmd:
            return take_if_readable(t, protocol::command_from_json(payload));
        case Topic::hello:
        case Topic::ev:
        case Topic::presence:
            return;  // of devices, not for them
    }
}

// ---- inputs
// -------------------------------------------------------------------------------------------------------

void handle(Turn& t, const Connected&) {
    if (t.state.phase == Phase::connecting) greet_first(t);
}

void handle(Turn& t, const Disconnected&) {
    if (t.state.phase != Phase::down) wait_to_connect(t);
}

void handle(Turn& t, const Arrived& message) {
    const auto phase = t.state.phase;
    if (phase != Phase::greeting && phase != Phase::live) return;
    const auto topic = protocol::parse_topic(message.topic);
    const auto& me = t.state.me;
    if (topic && topic.value().site == me.site && topic.value().device == me.device)
        take_message(t, topic.value().kind, message.payload);
    else
        t.out.emplace_back(Complain{"message on a topic that is not this device's"});
}

void take_ahead(Exchange& s, const std::vector<protocol::Event>& events) {
    for (const auto& event : events) {
        if (s.ahead.size() >= window_events) return;  // the rest is read when there is room
        const bool is_next = event.epoch == sending(s).epoch && event.seq == plus(ahead_upto(s), 1);
        if (is_next) s.ahead.push_back(event);
    }
}

void handle(Turn& t, const EventsCommitted& committed) {
    auto& s = t.state;
    if (committed.events.empty()) return;
    auto& written = s.known.current();
    if (committed.events.back().epoch != written.epoch) return;
    written.last_seq = std::max(written.last_seq, committed.events.back().seq);
    take_ahead(s, committed.events);
    send_what_fits(t);
}

void handle(Turn& t, const EventsRead& read) {
    auto& s = t.state;
    if (read.epoch != sending(s).epoch || s.reading_after != read.after) return;  // asked before going back
    const auto had = ahead_upto(s);
    take_ahead(s, read.events);
    if (ahead_upto(s) == had && had < sending(s).last_seq && read.after == had) {
        // The outbox no longer has what the server lost. Asking again would turn in a circle; the server sees
        // it in the next hello and goes on behind the hole.
        t.out.emplace_back(
            Complain{"events after " + std::to_string(had.value) + " are no longer on this device"});
        return;
    }
    s.reading_after.reset();
    send_what_fits(t);
}

void handle(Turn& t, const DocumentsHeld& held) {
    t.state.known.lists = held.lists;
    t.state.known.packs = held.packs;
}

void handle(Turn& t, const Pruned& pruned) {
    auto& s = t.state;
    const auto epoch = sending(s).epoch;
    for (const auto& kept : pruned.lives)
        if (auto* life = find_life(s, kept.epoch)) life->first_seq = kept.first_seq;
    std::erase_if(s.known.lives, [&](const auto& life) {
        return life.epoch != epoch &&
               std::none_of(pruned.lives.begin(), pruned.lives.end(),
                            [&](const auto& kept) { return kept.epoch == life.epoch; });
    });
    s.sending = static_cast<std::size_t>(find_life(s, epoch) - s.known.lives.data());
}

bool is_due(const std::optional<Millis>& at, Millis now) {
    return at && *at <= now;
}

void handle(Turn& t, const Tick&) {
    auto& s = t.state;
    const auto now = t.now.mono;
    const bool is_silent = s.unanswered_since && *s.unanswered_since + limits::silent_connection <= now;
    if (is_silent || is_due(s.connect_at, now)) return start_connecting(t);
    if (is_due(s.greet_at, now)) greet(t);
    if (is_due(s.resend_at, now)) send_again(t);
}

// ---- what people see
// ----------------------------------------------------------------------------------------------

bool is_unanswered(const Exchange& s, Millis now) {
    return s.unanswered_since && *s.unanswered_since + limits::not_accepted_after <= now;
}

Link link_of(const Exchange& s, Millis now) {
    const bool has_line = s.phase == Phase::greeting || s.phase == Phase::live;
    if (has_line && is_unanswered(s, now)) return Link::not_accepted;
    return s.phase == Phase::live ? Link::online : Link::offline;
}

void show_change(Turn& t) {
    auto& s = t.state;
    Shown shown{link_of(s, t.now.mono), s.shown.since, s.known.waiting()};
    if (shown.link != s.shown.link) shown.since = t.now.mono;
    if (shown == s.shown) return;
    s.shown = shown;
    t.out.emplace_back(Show{shown});
}

}  // namespace

std::int64_t Known::waiting() const {
    std::int64_t count = 0;
    for (const auto& life : lives) count += life.last_seq.value - life.acked_upto.value;
    return count;
}

Exchange start(Identity me, Known known) {
    Exchange s;
    s.me = std::move(me);
    s.known = std::move(known);
    turn_to_life(s, oldest_unfinished(s.known.lives));
    // Which leases still run, the server says: until then those of a former run of the machine count as over.
    for (auto& list : s.known.lists) list.version = 0;
    s.connect_pause = limits::reconnect_first;
    s.resend_pause = limits::resend_first;
    s.greet_pause = limits::resend_first;
    return s;
}

Step on(Exchange state, const Input& input, Now now) {
    Turn turn{std::move(state), now, {}};
    std::visit([&](const auto& what) { handle(turn, what); }, input);
    show_change(turn);
    return {std::move(turn.state), std::move(turn.out)};
}

std::optional<Millis> wakes_at(const Exchange& s) {
    std::optional<Millis> first;
    const auto consider = [&](std::optional<Millis> at) {
        if (at && (!first || *at < *first)) first = at;
    };
    consider(s.connect_at);
    consider(s.greet_at);
    consider(s.resend_at);
    if (s.unanswered_since) {
        const bool is_shown = s.shown.link == Link::not_accepted;
        consider(*s.unanswered_since +
                 (is_shown ? Millis{limits::silent_connection} : limits::not_accepted_after));
    }
    return first;
}

Publish farewell(const Identity& me, Epoch epoch) {
    return {protocol::topic(me.site, me.device, Topic::presence),
            to_json(protocol::Presence{false, epoch, me.role}), true};
}

}  // namespace kenpin::sync
