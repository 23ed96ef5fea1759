#pragma once
// The truth: every business change is an event. The table only grows; each row carries the hash of the one
// before it of the same (device, epoch), so that a change made afterwards shows (chain.hpp).
//
//   append ──> known already?  ──> AlreadyThere (or DifferentThere: the same identity with another content)
//          ──> not the next seq ──> Gap
//          ──> else: row stored, cursor moved, projections changed, all in the caller's transaction
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/events.hpp"
#include "server/plan/judge_device_event.hpp"

namespace kenpin::store {

struct StoredEvent {
    std::int64_t position = 0;  // order of arrival at this site, gapless from 1
    protocol::Event event;
    Instant server_time;
};

struct New {
    std::int64_t position = 0;
    /// Empty: it took effect. Else why the rules do not allow it any more (a key such as "leased_elsewhere"):
    /// it is stored and stays without effect, and the caller keeps it before the supervisor's eyes with an
    /// EvidenceKept.
    std::string no_effect_because;
    std::vector<protocol::Body>
        followed_by;  // what the server decides because of it (plan::judge_device_event)
};
struct AlreadyThere {};
struct DifferentThere {
};  // two different facts under one identity: a device's storage was copied or put back
struct Gap {
    Seq expected;
};
using Appended = std::variant<New, AlreadyThere, DifferentThere, Gap>;

/// The only way into the event table, and the only caller of project(). `server_time` is the business
/// clock's. Means nothing when `tx` is spoiled afterwards.
Appended append(sqlite::Tx& tx, const SiteId& site, const protocol::Event& event, Instant server_time);

/// Who writes events beside the stations: the server, kenpinctl. Epoch: of this opening of the database; a
/// name is given once, whatever copy of it is put back (docs/adr/0005).
struct Author {
    DeviceId device;
    Epoch epoch;
};

/// Appends a decision of the author's own as its next event; with the first one the author becomes known.
New decide(sqlite::Tx& tx, const SiteId& site, const Author& author, Instant now, protocol::Body body,
           std::optional<WorkerId> worker = std::nullopt);

/// Takes a device's event in whole: appends it, keeps it as evidence when it took no effect, and decides what
/// follows from it. What an ingest calls for each event, once for each run of its transaction.
Appended take_event(sqlite::Tx& tx, const SiteId& site, const Author& server, const protocol::Event& event,
                    Instant now, const plan::SiteRules& rules = {});

/// The newest seq of (device, epoch) that is stored; 0 when none is.
Seq stored_upto(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Epoch epoch);

/// Notes that a device's events up to `upto` are gone for good and goes on behind them. Stored up to there
/// already: nothing happens.
void skip_lost(sqlite::Tx& tx, const SiteId& site, const Author& author, Instant now, const DeviceId& device,
               Epoch epoch, Seq upto);

/// Events after `position`, in order, at most `limit`. An event that cannot be read any more spoils `tx`.
std::vector<StoredEvent> events_after(sqlite::Tx& tx, const SiteId& site, std::int64_t position, int limit);

/// Everything that touched a shipment, in order: its orders, its own events, its picking list's.
std::vector<StoredEvent> history(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);

}  // namespace kenpin::store
