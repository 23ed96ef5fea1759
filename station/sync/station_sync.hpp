#pragma once
// StationSync: the station's database and its exchange with the server, running. Two threads: the storage
// thread owns the database, the sync thread owns the connection and drives the exchange (exchange.hpp) with
// real time.
//
//   station ──commit──> storage thread ──EventsStored──> station: green light
//                             │ EventsCommitted, EventsRead          ^ DocumentsStored, LinkChanged, ...
//                             v                                      │
//                       sync thread <──> broker <──> server
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <variant>

#include "adaptors/mqtt/mqtt.hpp"
#include "core/base/inbox.hpp"
#include "core/base/result.hpp"
#include "station/sync/boot_clock.hpp"
#include "station/sync/notices.hpp"
#include "station/sync/outbox.hpp"
#include "station/sync/storage_thread.hpp"

namespace kenpin::sync {

class StationSync {
public:
    struct Options {
        Outbox::Options outbox;
        Identity identity;
        mqtt::ConnectOptions broker;  // client id and will are filled in here
        Clock clock;                  // the device's business clock
        std::function<Receipt()> receipt = receipt_now;
    };
    /// Opens the database and begins to connect. `notify` is called from both threads and must only post.
    /// Errors: those of Outbox::open().
    static Result<std::unique_ptr<StationSync>> start(Options options, Notify notify);
    StationSync(const StationSync&) = delete;
    StationSync& operator=(const StationSync&) = delete;
    /// Says good-bye to the broker; what was given to commit() before is stored and told first.
    ~StationSync();

    /// What the database held when this was started.
    const Resume& resume() const { return resume_; }

    /// Any thread; answered by a notice. False: too much waits already, nothing was taken.
    bool commit(Commit commit) { return storage_->post(std::move(commit)); }

private:
    struct StopSyncing {};
    using Item = std::variant<mqtt::Event, Input, StopSyncing>;

    StationSync(Options options, Notify notify, Outbox outbox, Resume resume);
    void run();
    void take(Item item);
    void feed(const Input& input);
    void perform(const Output& output);
    void tick_if_due();
    Millis until_wake() const;
    void report(const Outcome& outcome);

    Options options_;
    Notify notify_;
    Resume resume_;
    Exchange exchange_;
    Inbox<Item> inbox_;
    bool is_stopping_ = false;
    std::unique_ptr<StorageThread> storage_;
    mqtt::Mqtt line_;
    std::jthread thread_;  // last: it uses all above
};

}  // namespace kenpin::sync
