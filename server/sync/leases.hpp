#pragma once
// Who may work on which list, and what a device that says hello should hold. Pure: the rows come from the
// store.
//
//   free ──offer──> leased to one device ──until + grace──> free again
//                          └──revoked by a supervisor────────^       (late scans are kept as evidence, never
//                          dropped)
//
// The device counts its lease from receipt on its own monotonic clock; the server waits limits::lease_grace
// longer, so that the device always stops first.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/messages.hpp"
#include "server/sync/clocks.hpp"

namespace kenpin::sync {

struct Lease {
    ListId list;
    DeviceId device;
    Instant until;  // by the server's clock; the server keeps to it limits::lease_grace longer
    bool operator==(const Lease&) const = default;
};

/// The device's time may be over; the server may give the list to another.
bool is_over(const Lease& lease, Instant now);
/// True for a list that nobody holds, that `device` holds already, or whose lease is over.
bool may_lease(const std::optional<Lease>& standing, const DeviceId& device, Instant now);
/// `length`: limits::lease unless the site sets another (up to 10 h).
Lease new_lease(const ListId& list, const DeviceId& device, Instant now, Millis length);
std::vector<Lease> over(const std::vector<Lease>& leases, Instant now);

/// What a device should hold now, by the server's rows.
struct Wanted {
    std::vector<protocol::HeldDoc> lists;
    std::vector<protocol::HeldDoc> packs;
};
/// What the answer to its hello must bring: documents that it lacks or has in another version, and ids to
/// drop.
struct Missing {
    std::vector<ListId> lists;
    std::vector<ShipmentId> packs;
    std::vector<std::string> gone;
};
/// `server`: this opening of the server's database; what another one made is brought anew.
Missing missing_of(const protocol::Hello& hello, const Wanted& wanted, Epoch server);

struct Present {
    bool is_online = false;
    std::string role;
    Instant since{};
    ClockEstimate clock{};
    Voices voices{};
};
using Presences = std::map<DeviceId, Present>;
/// Notes what a device, or the broker in its name, said. True when the board has something new to show.
bool note(Presences& presences, const DeviceId& device, const protocol::Presence& said, Instant now);

}  // namespace kenpin::sync
