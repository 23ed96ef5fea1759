#pragma once
// The device's side of the exchange with the server, as a value and an update: no thread, no clock, no
// socket, no disk. The sync thread drives it with real ones (sync_thread.hpp), the simulation with made ones.
// docs/protocol/sync.md.
//
//   down ──(pause over)──> connecting ──Connected──> greeting ──snapshot──> live
//    ^                         │                        │                    │    hello again every 30 s
//    └───── Disconnected ──────┴────────────────────────┴────────────────────┘    (what was missed is caught
//    up)
//
// Events go up in order of seq, at once while fewer than limits::window_batches messages are unacknowledged.
// A gap
// (`expect`) or the resend timer goes back to the first unacknowledged one. Nothing here is durable: after a
// restart the outbox and the server's cursor say where to go on.
//
// Each opening of the outbox is a life with an epoch of its own (docs/adr/0005). Lives go up oldest first,
// one at a time: `sending` is the oldest that the server does not have whole.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "core/protocol/messages.hpp"

namespace kenpin::sync {

struct Now {
    Millis mono{0};  // monotonic, any origin: all timers
    Instant wall{};  // the device's business clock: told to the server, never compared
};

struct Identity {
    SiteId site;
    DeviceId device;
    std::string role;     // "picker" | "packer"
    std::string program;  // its version
};

/// What the device's database says.
struct Known {
    std::vector<protocol::Life> lives;  // oldest first, at least one; the last is the one that is written
    std::vector<protocol::HeldDoc> lists;
    std::vector<protocol::HeldDoc> packs;

    const protocol::Life& current() const { return lives.back(); }
    protocol::Life& current() { return lives.back(); }
    /// Events that the server is not known to have.
    std::int64_t waiting() const;
};

// ---- what happens
// -------------------------------------------------------------------------------------------------

struct Connected {};
struct Disconnected {};  // lost, or could not connect
struct Arrived {
    std::string topic;
    std::string payload;
};
struct EventsCommitted {  // durable on this device now; gapless
    std::vector<protocol::Event> events;
};
struct EventsRead {  // answer to ReadEvents; fewer than asked when there are no more
    Epoch epoch;
    Seq after;
    std::vector<protocol::Event> events;
};
struct DocumentsHeld {  // after StoreDocuments was done: all that are durable now
    std::vector<protocol::HeldDoc> lists;
    std::vector<protocol::HeldDoc> packs;
};
struct Pruned {  // the lives that still have events here, and the one that is written
    std::vector<protocol::Life> lives;
};
struct Tick {};
using Input =
    std::variant<Connected, Disconnected, Arrived, EventsCommitted, EventsRead, DocumentsHeld, Pruned, Tick>;

// ---- what is to be done
// -------------------------------------------------------------------------------------------

struct Connect {};  // drop what there is, build a new connection; Connected or Disconnected answers
struct Subscribe {
    std::vector<std::string> topics;
};
struct Publish {
    std::string topic;
    std::string payload;
    bool retained = false;
};
struct ReadEvents {  // from the outbox
    Epoch epoch;
    Seq after;
    std::size_t most;
};
struct MarkAcked {  // durable on the server up to here; may be written late, the next hello asks again
    Epoch epoch;
    Seq upto;
};
struct MarkKept {  // in a backup of the server up to here; nothing: its site makes none
    Epoch epoch;
    std::optional<Seq> upto;
};
struct StoreDocuments {
    std::vector<protocol::PickListDoc> lists;
    std::vector<protocol::PackDoc> packs;
    std::vector<std::string> gone;  // ids to drop
    Epoch server{};                 // which opening of the server's database made them
};
struct ApplySettings {
    protocol::Settings settings;
    Epoch server;
    Instant server_time;  // when it was sent
};
struct Deliver {  // to the screen
    protocol::Command command;
    bool is_late = false;  // it was over when it came: only said back
};
struct Answered {  // what the server could not count of what was sent; comes again when it is sent again
    Epoch epoch;
    std::vector<protocol::AckNote> notes;
};
struct Complain {  // for the log; no personal data
    std::string what;
};

enum class Link { offline, online, not_accepted };
struct Shown {
    Link link = Link::offline;  // not_accepted: connected, but the server has not answered for 3 s
    Millis since{0};            // monotonic
    std::int64_t waiting = 0;   // events not yet durable on the server
    bool operator==(const Shown&) const = default;
};
struct Show {
    Shown shown;
};
using Output = std::variant<Connect, Subscribe, Publish, ReadEvents, MarkAcked, MarkKept, StoreDocuments,
                            ApplySettings, Deliver, Answered, Complain, Show>;

// ---- the machine
// --------------------------------------------------------------------------------------------------

struct Exchange {
    Identity me;
    Known known;
    enum class Phase { down, connecting, greeting, live } phase = Phase::down;
    Shown shown;

    std::size_t sending = 0;  // index in known.lives; all before it are wholly on the server
    std::vector<protocol::Event>
        ahead;      // of that life, after its acked_upto, without gap, as far as they are in memory
    Seq sent_upto;  // of `ahead`, up to here is on its way
    std::vector<Seq> in_flight;        // last seq of each unacknowledged message
    std::optional<Seq> reading_after;  // a ReadEvents is not answered yet
    std::optional<Seq> rewound_to;     // the gap already gone back to; the same answer again changes nothing

    std::optional<Epoch> server;  // the opening of the server's database that answered this connection
    std::optional<Epoch> server_greeted;  // another one, that was heard since and has not answered yet
    std::int64_t hellos = 0;              // said so far
    std::int64_t hello_answered = 0;      // answers to it and to earlier ones are over

    /// The server's clock less this device's monotonic one, as far as snapshots told: the greatest of this
    /// connection, for that snapshot was the shortest on its way. The device's wall clock has no part in it.
    std::optional<Millis> server_ahead;

    // Timers, monotonic.
    std::optional<Millis> connect_at{Millis{0}};
    Millis connect_pause{0};
    std::optional<Millis> greet_at;
    Millis greet_pause{0};
    std::optional<Millis> resend_at;
    Millis resend_pause{0};
    std::optional<Millis> unanswered_since;  // of what was sent and the server did not react to
};

struct Step {
    Exchange state;
    std::vector<Output> outputs;
};

/// A device that has just started, not connected; the first Tick connects.
Exchange start(Identity me, Known known);
Step on(Exchange state, const Input& input, Now now);
/// When the next Tick is due; it may come later or more often. Nothing: only an input changes anything.
std::optional<Millis> wakes_at(const Exchange& state);

/// What the broker tells the others when this device's connection dies (its will), and what it says itself
/// when it ends.
Publish farewell(const Identity& me, Epoch epoch);

}  // namespace kenpin::sync
