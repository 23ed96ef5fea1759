#pragma once
// kenpin-station: threads, devices and a window (or none) around the heart (client.hpp). The thread that runs
// this draws and judges and never waits for disk, network or printer; all others post to its inboxes.
//
//   storage, sync ──┐
//   printing ───────┼──> inbox ──> Client ──> effects ──> ports (post to the same threads)
//   bridge, wedge ──┘                 └──> ui::draw ──> touches
#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "core/base/inbox.hpp"
#include "core/base/result.hpp"
#include "station/app/client.hpp"
#include "station/app/incoming.hpp"
#include "station/app/options.hpp"
#include "station/app/pictures.hpp"
#include "station/app/print_thread.hpp"
#include "station/app/real_ports.hpp"
#include "station/app/screen_log.hpp"
#include "station/sync/station_sync.hpp"
#include "station/ui/stage.hpp"

namespace kenpin::app {

class StationProgram {
public:
    /// Opens the window and shows a first picture before anything else is up, then database, line, bridge and
    /// papers. Errors: no display or fonts, a database in use or broken.
    static Result<std::unique_ptr<StationProgram>> start(StationOptions options);
    StationProgram(const StationProgram&) = delete;
    StationProgram& operator=(const StationProgram&) = delete;
    ~StationProgram();

    /// Until the window is closed or stop() was called.
    void run();
    /// From any thread.
    void stop();

private:
    StationProgram(StationOptions options, std::unique_ptr<ui::Stage> stage, ui::Languages languages,
                   ScreenLog log);
    void show_sign_in();  // before anything is known
    Outcome begin();
    Outcome open_database();
    Outcome open_papers();
    void use_key(const protocol::Settings& settings);
    void open_speaker();
    Ports ports();
    void take_wedge(const ui::Input& input);
    void take_posted();
    void take(const Incoming& incoming);
    void take_notice(const sync::Notice& notice);
    void tick();
    void show();

    const StationOptions options_;
    const Clock clock_;
    std::unique_ptr<ui::Stage> stage_;
    const ui::Languages languages_;
    ScreenLog log_;
    Pictures pictures_;
    Inbox<Incoming> inbox_;
    Inbox<BridgeEvent> bridge_inbox_;
    std::atomic<bool> is_stopping_{false};
    Millis ticked_{0};
    std::optional<std::chrono::minutes> shown_minute_;

    // In the order in which they depend on each other.
    std::unique_ptr<sync::StationSync> sync_;
    std::unique_ptr<Storage> storage_;
    std::unique_ptr<Papers> papers_;
    PrintThread* printing_ = nullptr;  // papers_, where papers are made
    std::unique_ptr<Speaker> speaker_;
    std::unique_ptr<Bridge> bridge_;
    std::unique_ptr<Client> client_;
};

}  // namespace kenpin::app
