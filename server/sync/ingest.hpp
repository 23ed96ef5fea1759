#pragma once
// Ingest: events of devices become the server's, each exactly once, however often they are sent.
//
//   all batches that have arrived ──> one transaction {store each event that is new, with its effects; move
//   the cursors}
//                                 ──> COMMIT ──> one acknowledgement for each device: `upto`, and `expect`
//                                 after a gap
//
// An acknowledgement exists only after the commit. When the transaction fails, nobody is acknowledged and the
// devices send again; so that one device's bad event cannot stop the others, each device is then tried on its
// own.
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/protocol/messages.hpp"
#include "server/sync/inbound.hpp"

namespace kenpin::sync {

/// Events of devices that are committed together, at most (and the rest of the last batch).
inline constexpr std::size_t transaction_events = 1'000;

struct Apply {
    std::size_t from;  // index of the first event in the batch that is new
};
struct NothingNew {};
struct Gap {
    Seq expect;
};
struct Malformed {
    std::string why;
};
using BatchVerdict = std::variant<Apply, NothingNew, Gap, Malformed>;

/// What `batch` means for a device of whose epoch everything up to `stored_upto` is stored (0: the epoch is
/// unknown).
BatchVerdict judge_batch(const protocol::EventBatch& batch, Seq stored_upto);

/// What ingest needs of the store, inside one transaction.
class IngestPort {
public:
    IngestPort() = default;
    IngestPort(const IngestPort&) = delete;
    IngestPort& operator=(const IngestPort&) = delete;
    virtual ~IngestPort() = default;

    virtual Seq stored_upto(const DeviceId& device, Epoch epoch) = 0;
    /// Stores the event with its effects and moves the cursor. Stored already: changes nothing.
    virtual void append(const protocol::Event& event) = 0;
    /// The stored events of the device from `first` to `last` that had no effect.
    virtual std::vector<protocol::AckNote> notes(const DeviceId& device, Epoch epoch, Seq first, Seq last) {
        (void)device, (void)epoch, (void)first, (void)last;  // a store without rules has none
        return {};
    }
};

/// Runs the closure in one transaction and commits: durable when it answers Done. The closure may run several
/// times.
using Transact = std::function<Outcome(const std::function<void(IngestPort&)>&)>;

struct Answer {
    DeviceId device;
    protocol::Ack ack;
};
struct Unstored {  // for the log; not acknowledged
    DeviceId device;
    std::string why;
};
struct Ingested {
    std::vector<Answer> answers;  // to publish now
    std::vector<Unstored> unstored;
    std::size_t new_events = 0;
};

/// `server`: the opening of its database, which the acknowledgements name.
Ingested ingest(const std::vector<BatchCame>& batches, Epoch server, const Transact& transact);

}  // namespace kenpin::sync
