#pragma once
// Tells shops what left (出荷実績), one attempt after the other on a thread of its own: a shop that does not
// answer never holds up the floor. What an attempt came to goes back to the writer, who decides about the
// next.
#include <atomic>
#include <functional>
#include <thread>

#include "core/base/inbox.hpp"
#include "server/app/effects.hpp"

namespace kenpin::app {

class ReportSender {
public:
    /// `told`: called in this class's thread; `http_status` 0: not reached.
    using Told = std::function<void(const ReportToSend&, int http_status)>;
    explicit ReportSender(Told told);
    ReportSender(const ReportSender&) = delete;
    ReportSender& operator=(const ReportSender&) = delete;
    ~ReportSender();  // finishes the attempt under way; what waits stays due in the database

    /// False: too many wait already; the row stays due and is tried again.
    bool send(ReportToSend report);

private:
    void run();
    Told told_;
    Inbox<ReportToSend> waiting_;
    std::atomic<bool> is_stopping_{false};
    std::thread thread_;
};

}  // namespace kenpin::app
