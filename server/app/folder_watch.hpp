#pragma once
// The threads that look after watched folders, one each: a share that hangs holds up nobody else.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/base/inbox.hpp"
#include "core/base/latest.hpp"
#include "server/app/folder_intake.hpp"

namespace kenpin::app {

class FolderWatch {
public:
    /// Begins at once. Everything that `port` refers to outlives it.
    FolderWatch(const WatchedFolder& folder, const WatchSettings& settings, FolderPort port);
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch();  // after the transaction that is under way

    /// Any thread. `is_silent`: the last look began long ago and has not come back.
    struct Seen {
        FolderState state;
        bool is_silent = false;
    };
    Seen seen() const;

private:
    struct Wake {};
    void run(FolderIntake intake);

    const std::chrono::milliseconds every_;
    std::atomic<bool> is_stopping_{false};
    std::atomic<std::int64_t> alive_ms_;  // of the steady clock
    Inbox<Wake> wake_;
    Latest<FolderState> latest_;
    std::thread thread_;
};

using FolderWatches = std::vector<std::unique_ptr<FolderWatch>>;
/// Keys of what somebody has to look after: "watch_unreachable", "watch_unread", "watch_unmoved".
std::vector<std::string> warnings_of(const FolderWatches& watches);
/// The same by name, of all folders.
std::vector<web::FolderTrouble> troubles_of(const FolderWatches& watches);
/// Lines "kenpin_watch_… value", summed over all folders; empty without any.
std::string metrics_of(const FolderWatches& watches);

}  // namespace kenpin::app
