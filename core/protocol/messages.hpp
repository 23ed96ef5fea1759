#pragma once
// The messages between stations and server (docs/protocol/sync.md). Each travels as one JSON object with "v":
// 1 on the topic of its kind; the device is taken from the topic, never from the payload.
//
//   device ── hello ──> server ── snapshot ──> device     after every connect
//   device ── ev ────>  server ── ack ──────>  device     upto: durable; expect: a gap, go back to that seq
//                       server ── doc ──────>  device     a new or changed document, or documents that are
//                       gone server ── cmd ──────>  device     expires after 60 s
//   device ── presence (retained; the Will says "gone")
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"

namespace kenpin::protocol {

inline constexpr int version = 1;

struct HeldDoc {
    std::string id;  // list or shipment id
    int version = 1;
    Epoch server{};  // which opening of the server's database made that version; 0: not said
};
/// What one opening of the device's database wrote, as far as it still has it.
struct Life {
    Epoch epoch;
    Seq first_seq;   // oldest event still on the device; last_seq + 1: none
    Seq last_seq;    // newest event; 0: none was ever written
    Seq acked_upto;  // newest that the device knows to be durable on the server
};
struct Hello {
    std::vector<Life> lives;  // oldest first, at least one; the last is the one that is written now
    std::int64_t number = 0;  // which hello of that life this is, from 1
    Instant device_time;
    std::string role;     // "picker" | "packer"
    std::string program;  // version of the program
    std::vector<HeldDoc> lists;
    std::vector<HeldDoc> packs;
};
struct EventBatch {
    Epoch epoch;
    std::vector<Event> events;  // gapless, at most limits::batch_events; device is not in the JSON
};
struct AckNote {  // an event that is durable and had no effect
    Seq seq;
    std::string reason;              // a key for people's languages
    std::optional<DoneBefore> done;  // it was done already, by that one
};
struct Ack {
    Epoch epoch;
    Epoch server;                                 // the opening of the server's database that says it
    Seq upto;                                     // all up to here are durable on the server
    Seq expect;                                   // 0, or: a gap; send again from here
    std::optional<std::vector<AckNote>> notes{};  // of the events that this acknowledges
};
struct StoredUpto {  // of one life of the device
    Epoch epoch;
    Seq upto;                        // all up to here are durable on the server
    std::optional<Seq> kept_upto{};  // what its newest backup holds; nothing: this site makes no backups
    std::optional<std::vector<AckNote>> notes{};  // of those that the device did not know to be durable
};
struct Snapshot {
    Epoch epoch;                     // the life that was written when the hello was said that this answers
    std::int64_t hello = 0;          // the number of that hello
    Epoch server;                    // this opening of the server's database
    std::vector<StoredUpto> stored;  // each life that hello named
    Instant server_time;
    Settings settings;
    std::vector<PickListDoc> lists;
    std::vector<PackDoc> packs;
    std::vector<std::string> gone;  // ids the device still holds and must drop
};
struct DocPublished {
    Epoch server;  // this opening of the server's database
    std::vector<PickListDoc> lists;
    std::vector<PackDoc> packs;
    std::vector<std::string> gone;
};
struct Command {
    std::string command;  // its name: given once, so that one that comes twice is followed once
    std::string what;     // "message" | "revoke" | "print_now"
    std::string id;       // list or shipment it is about; may be empty
    std::string text;     // for "message"
    Instant expires;
};
struct Presence {
    bool online = false;
    Epoch epoch;
    std::string role;
};

enum class Topic { hello, ev, presence, ack, snapshot, doc, cmd };

/// "kenpin/1/{site}/{device}/{kind}".
std::string topic(const SiteId& site, const DeviceId& device, Topic kind);
struct ParsedTopic {
    SiteId site;
    DeviceId device;
    Topic kind;
};
/// Nothing that does not have exactly this shape.
Result<ParsedTopic> parse_topic(std::string_view text);
/// What a server subscribes to: "kenpin/1/{site}/+/hello" ...
std::vector<std::string> server_subscriptions(const SiteId& site);
/// What a device subscribes to: its own ack, snapshot, doc, cmd.
std::vector<std::string> device_subscriptions(const SiteId& site, const DeviceId& device);

std::string to_json(const Hello& message);
std::string to_json(const EventBatch& message);
std::string to_json(const Ack& message);
std::string to_json(const Snapshot& message);
std::string to_json(const DocPublished& message);
std::string to_json(const Command& message);
std::string to_json(const Presence& message);

// Error{corrupt} names the field. Sizes are bounded: more than limits::batch_events events is an error.
Result<Hello> hello_from_json(std::string_view json);
Result<EventBatch> batch_from_json(std::string_view json, const DeviceId& device);
Result<Ack> ack_from_json(std::string_view json);
Result<Snapshot> snapshot_from_json(std::string_view json);
Result<DocPublished> doc_from_json(std::string_view json);
Result<Command> command_from_json(std::string_view json);
Result<Presence> presence_from_json(std::string_view json);

}  // namespace kenpin::protocol
