#pragma once
// One transaction of the writer: what a use case needs to read rows and to put down the server's decisions.
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/events.hpp"
#include "server/app/settings.hpp"
#include "server/store/events.hpp"

namespace kenpin::app {

/// What changed that stations hold documents of. Filled inside the transaction, used after the commit.
struct Changes {
    std::set<ListId> started;
    std::vector<std::pair<ListId, DeviceId>> leased;
    std::vector<std::pair<ListId, DeviceId>> revoked;     // nobody's now; from whom
    std::vector<std::pair<ListId, DeviceId>> taken_from;  // revoked or taken over: who is told
    std::set<ListId> lists;                               // something in them was stopped
    std::set<ShipmentId> for_benches;                     // their packing documents are new or changed
    bool anything = false;                                // the board shows something new
};

struct Deciding {
    sqlite::Tx& tx;
    const SiteSettings& site;
    store::Author author;
    Instant now;
    Changes& changes;

    /// Appends an event of the server; `worker`: whose doing it follows from.
    store::New decide(protocol::Body body, std::optional<WorkerId> worker = std::nullopt) const {
        changes.anything = true;
        return store::decide(tx, site.site, author, now, std::move(body), std::move(worker));
    }
};

}  // namespace kenpin::app
