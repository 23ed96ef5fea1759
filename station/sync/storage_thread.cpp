#include "station/sync/storage_thread.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::sync {
namespace {

constexpr std::chrono::seconds idle_after{1};
constexpr int commits_per_checkpoint = 100;
constexpr std::chrono::hours prune_every{1};

std::string said(const std::string& what, const Error& error) {
    return what + ": " + error.detail;
}

}  // namespace

StorageThread::StorageThread(Outbox outbox, Options options)
    : outbox_(std::move(outbox)),
      options_(std::move(options)),
      inbox_(limits::inbox_large),
      thread_([this] { run(); }) {}

StorageThread::~StorageThread() {
    while (!inbox_.post(StopStoring{})) std::this_thread::yield();
}

void StorageThread::run() {
    while (!is_stopping_) {
        auto requests = inbox_.wait_and_take(idle_after);
        if (requests.empty())
            when_idle();
        else
            run_all(std::move(requests));
    }
    write_acked();
}

void StorageThread::run_all(std::vector<Request> requests) {
    const auto is_commit = [](const Request& request) { return std::holds_alternative<Commit>(request); };
    std::stable_partition(requests.begin(), requests.end(), is_commit);
    for (auto& request : requests) std::visit([this](auto& what) { handle(what); }, request);
}

void StorageThread::when_idle() {
    write_acked();
    const auto now = options_.clock();
    if (!pruned_at_ || now - *pruned_at_ >= prune_every) prune(now);
    if (commits_since_checkpoint_ < commits_per_checkpoint) return;
    commits_since_checkpoint_ = 0;
    if (auto moved = outbox_.checkpoint(); !moved)
        options_.notify(SomethingOdd{said("checkpoint", moved.error())});
}

void StorageThread::prune(Instant now) {
    pruned_at_ = now;
    if (auto pruned = outbox_.prune(now); !pruned)
        options_.notify(SomethingOdd{said("prune", pruned.error())});
    else
        options_.answer(Pruned{outbox_.known().lives});
}

void StorageThread::write_acked() {
    while (!unwritten_acks_.empty()) {
        const auto& [epoch, upto] = *unwritten_acks_.begin();
        if (const auto marked = outbox_.mark_acked(epoch, upto); !marked) {
            options_.notify(SomethingOdd{said("acked", marked.error())});
            return;  // a disk that is full now has room later
        }
        unwritten_acks_.erase(unwritten_acks_.begin());
    }
}

void StorageThread::handle(Commit& commit) {
    auto stored = outbox_.commit(commit.events, commit.scan);
    if (!stored && stored.error().kind == Error::Kind::full && !unwritten_acks_.empty()) {
        write_acked();  // there may be room that was not written down yet
        stored = outbox_.commit(commit.events, commit.scan);
    }
    if (!stored) {
        options_.notify(CommitRefused{commit.ticket, stored.error()});
        return;
    }
    ++commits_since_checkpoint_;
    options_.notify(EventsStored{commit.ticket, stored.value()});
    options_.answer(EventsCommitted{std::move(stored).value()});
}

void StorageThread::handle(const ReadEvents& wanted) {
    auto events = outbox_.read(wanted.epoch, wanted.after, wanted.most);
    if (events)
        options_.answer(EventsRead{wanted.epoch, wanted.after, std::move(events).value()});
    else
        options_.notify(SomethingOdd{said("read", events.error())});
}

void StorageThread::handle(const MarkAcked& mark) {
    unwritten_acks_[mark.epoch] = mark.upto;
}

void StorageThread::handle(const MarkKept& mark) {
    if (auto marked = outbox_.mark_kept(mark.epoch, mark.upto); !marked)
        options_.notify(SomethingOdd{said("kept", marked.error())});
}

void StorageThread::handle(StoreDocuments& documents) {
    const auto now = options_.clock();
    auto taken = outbox_.store(documents, options_.receipt());
    if (!taken) {
        options_.notify(
            SomethingOdd{said("documents", taken.error())});  // the next hello asks for them again
        return;
    }
    options_.answer(DocumentsHeld{outbox_.known().lists, outbox_.known().packs});
    options_.notify(DocumentsStored{std::move(taken).value(), now});
}

void StorageThread::handle(ApplySettings& given) {
    options_.notify(ServerTime{given.server_time, options_.clock()});
    const auto changed = outbox_.store(given.settings, given.server);
    if (!changed)
        options_.notify(SomethingOdd{said("settings", changed.error())});
    else if (changed.value())
        options_.notify(SettingsStored{std::move(given.settings)});
}

}  // namespace kenpin::sync
