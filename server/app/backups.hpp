#pragma once
// The thread that makes backups: once a day by itself where a folder is named, and whenever somebody asks.
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "core/base/inbox.hpp"
#include "core/base/time.hpp"
#include "server/app/backup.hpp"
#include "server/app/settings.hpp"

namespace kenpin::app {

struct BackupPort {
    std::string database;  // url
    SiteId site;
    BackupSettings settings;
    Clock now;                                                      // business clock
    std::function<Outcome(const std::string&, std::int64_t)> note;  // makes it an event
};

/// The day's backup is due: its time has come and the newest one was made before it. `last`: nothing yet.
bool is_backup_due(const BackupSettings& settings, std::optional<Instant> last, Instant now);

class Backups {
public:
    /// Begins at once. `last`: when the newest one was made.
    Backups(BackupPort port, std::optional<Instant> last);
    Backups(const Backups&) = delete;
    Backups& operator=(const Backups&) = delete;
    ~Backups();  // after the one that is under way

    /// Any thread; waits until it is made. Error{refused}: no folder is named, or PostgreSQL.
    Result<MadeBackup> make_now();
    /// The last try failed; somebody has to look. Any thread.
    bool is_failing() const { return is_failing_; }

private:
    using Job = std::function<void(Backups&)>;
    void run();
    Result<MadeBackup> make();

    const BackupPort port_;
    std::optional<Instant> last_, tried_;
    std::atomic<bool> is_failing_{false};
    std::atomic<bool> is_stopping_{false};
    Inbox<Job> inbox_{16};
    std::thread thread_;  // last: it uses all above
};

}  // namespace kenpin::app
