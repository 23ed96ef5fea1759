#pragma once
// The one thread that touches the station's database. Scans' commits go before everything else that waits,
// and nothing here ever waits for the network. What the server acknowledged is written down when nobody is
// waiting: losing that note costs a repetition, never an event.
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "core/base/inbox.hpp"
#include "core/base/time.hpp"
#include "station/sync/exchange.hpp"
#include "station/sync/notices.hpp"
#include "station/sync/outbox.hpp"

namespace kenpin::sync {

/// One durable transaction; answered by EventsStored or CommitRefused with the same ticket.
struct Commit {
    std::uint64_t ticket = 0;
    std::vector<NewEvent> events;  // at least one
    std::optional<protocol::ScanIdentity> scan{};
};

class StorageThread {
public:
    struct StopStoring {};
    using Request =
        std::variant<Commit, ReadEvents, MarkAcked, MarkKept, StoreDocuments, ApplySettings, StopStoring>;
    struct Options {
        Clock clock;                        // the device's business clock
        std::function<Receipt()> receipt;   // now, on the machine's own clock
        Notify notify;                      // to the station; must only post
        std::function<void(Input)> answer;  // to the exchange; must only post
    };

    StorageThread(Outbox outbox, Options options);
    StorageThread(const StorageThread&) = delete;
    StorageThread& operator=(const StorageThread&) = delete;
    ~StorageThread();  // does what was posted before, then ends

    /// Any thread. False: the inbox is full.
    bool post(Request request) { return inbox_.post(std::move(request)); }

private:
    void run();
    void run_all(std::vector<Request> requests);
    void when_idle();
    void write_acked();
    void prune(Instant now);

    void handle(Commit& commit);
    void handle(const ReadEvents& wanted);
    void handle(const MarkAcked& mark);
    void handle(const MarkKept& mark);
    void handle(StoreDocuments& documents);
    void handle(ApplySettings& given);
    void handle(const StopStoring&) { is_stopping_ = true; }

    Outbox outbox_;
    Options options_;
    Inbox<Request> inbox_;
    std::map<Epoch, Seq> unwritten_acks_;
    int commits_since_checkpoint_ = 0;
    std::optional<Instant> pruned_at_;
    bool is_stopping_ = false;
    std::jthread thread_;  // last: it uses all above
};

}  // namespace kenpin::sync
