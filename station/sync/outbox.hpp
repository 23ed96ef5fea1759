#pragma once
// The station's own database: what its workers saw confirmed, durable before it was shown, and the documents
// that they work from. The local state is the fold of the device's own events over its documents; nothing
// else is kept.
//
//   commit ──> stored, gapless seq ──acked──> kept 24 h, as long as its list or shipment is here, and until
//   the server's backup has it ──> pruned, from the oldest on without a hole
//
// Each opening begins a life with an epoch of its own (docs/adr/0005): an event's name is given once,
// whatever copy of the file is put back. It is written with its first event, so a full disk opens. Lives that
// the server has whole and that have nothing left here are forgotten.
//
// Thread: belongs to one thread (the storage thread, storage.hpp). One process: a second one on the same file
// is refused. The file also holds the document key, so it is made readable for its owner only.
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/limits.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/protocol/bridge.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "station/sync/exchange.hpp"

namespace kenpin::sync {

/// Random, 1 .. 2^63-1.
Epoch random_epoch();

struct NewEvent {
    Instant at;  // the device's business clock
    std::optional<WorkerId> worker;
    std::string scanner;  // empty: none
    protocol::Body body;
};

/// When a document was received: a lease is counted on the machine's own monotonic clock, which also runs
/// while it sleeps. That clock begins anew with each boot, so the boot is kept beside it.
struct Receipt {
    std::string boot;      // names the run of the machine; empty: unknown
    Millis since_boot{0};  // CLOCK_BOOTTIME
    bool operator==(const Receipt&) const = default;
};

template <class Doc>
struct Held {
    Doc doc;
    Receipt received;  // for the lease after a restart
};

/// All that a station needs to go on where it stopped.
struct Resume {
    std::optional<protocol::Settings> settings;  // none before the first hello was answered
    std::vector<Held<protocol::PickListDoc>> lists;
    std::vector<Held<protocol::PackDoc>> packs;
    std::vector<protocol::Event> events;  // this device's own, in order, also those already in a document
    std::vector<protocol::ScanIdentity>
        taken_scans;  // of the bridge, oldest first: their records are durable
};

class Outbox {
public:
    struct Options {
        std::string path;  // ":memory:": ends with the object; "file:…?vfs=…": another file system
        DeviceId device;
        std::size_t capacity = limits::outbox_events;
        std::size_t newest_kept = limits::own_events;  // events, whatever age the clock gives them
        std::function<Epoch()> fresh_epoch = random_epoch;
        sqlite::Hooks hooks{};
    };
    /// Errors: busy or unreachable (in use by another process, cannot be opened), corrupt, refused (made for
    /// another device, or by a newer program).
    static Result<Outbox> open(Options options);

    /// What the exchange starts from; always what is durable.
    const Known& known() const { return known_; }

    /// Stores `events` (at least one) in one transaction and numbers them, with the identity of the bridge's
    /// scan that they came from; durable when it answers. Error{full} when `capacity` events wait for the
    /// server: the station then refuses work aloud. Error{refused} for a scan that was taken before. Never
    /// drops anything.
    Result<std::vector<protocol::Event>> commit(
        const std::vector<NewEvent>& events,
        const std::optional<protocol::ScanIdentity>& scan = std::nullopt);
    /// At most `most` events of that life after `after`, in order.
    Result<std::vector<protocol::Event>> read(Epoch epoch, Seq after, std::size_t most);
    /// The server has everything of that life up to `upto`; lower than before when its database is an older
    /// copy.
    Outcome mark_acked(Epoch epoch, Seq upto);
    /// The server's newest backup has everything of that life up to `upto`; nothing: its site makes none. A
    /// life that is not here any more: nothing happens.
    Outcome mark_kept(Epoch epoch, std::optional<Seq> upto);

    /// Puts newer versions, drops what is gone, in one transaction, and answers what was taken. An older
    /// version than the one held of the same opening of the server is not.
    Result<StoreDocuments> store(const StoreDocuments& documents, const Receipt& received);
    /// True when they differ from those held. An older version of the same opening of the server changes
    /// nothing.
    Result<bool> store(const protocol::Settings& settings, Epoch server);
    /// Removes acknowledged events older than limits::keep_after_ack that are in a backup (where there are
    /// any) and whose list and shipment are no longer here, as far as none before them stays.
    /// The clock may have jumped: so the newest ones stay whatever their age (a message that was late may
    /// bring their list once more), and who is signed in, and what the bridge may still send again.
    Outcome prune(Instant now);

    Result<Resume> resume();
    /// Moves the log into the database file; off the way of a scan.
    Outcome checkpoint() { return database_.checkpoint(); }

private:
    Outbox(sqlite::Database database, Options options)
        : database_(std::move(database)), options_(std::move(options)) {}
    Outcome begin();
    void note_documents(sqlite::Tx& tx, Known& known);

    sqlite::Database database_;
    Options options_;
    Known known_;
    std::int64_t life_ = 1;  // of the current one; counts openings, for their order
};

}  // namespace kenpin::sync
