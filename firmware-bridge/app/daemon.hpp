#pragma once
// The daemon's one loop: devices on one side, the station on the other, the switchboard between them.
// Everything happens in the thread of run(); nothing blocks but its poll().
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/app/all_sources.hpp"
#include "firmware-bridge/app/file_watch.hpp"
#include "firmware-bridge/app/service_manager.hpp"
#include "firmware-bridge/app/station_socket.hpp"
#include "firmware-bridge/app/switchboard.hpp"
#include "firmware-bridge/app/watchers.hpp"
#include "firmware-bridge/device/news.hpp"

struct pollfd;

namespace kenpin::app {

/// What the settings are made of: the file, if there is one, and the command line beside it.
struct Configuration {
    std::filesystem::path file{};
    std::vector<DeviceSettings> command_line{};
    bool has_usb = false;  // without a file

    Result<Settings> read() const;
};

/// Where the daemon keeps and reaches things.
struct Places {
    StationListener station;
    StationListener watchers;
    std::filesystem::path pairings{};  // empty: they are forgotten with the daemon
    std::string service_manager{};     // NOTIFY_SOCKET
};

class Daemon {
public:
    Daemon(Places places, Configuration configuration, Switchboard switchboard, protocol::BridgeRun run);

    /// Until a signal other than SIGHUP comes out of `signal_fd`; SIGHUP reads the configuration again, as
    /// does a change of its file.
    void run(int signal_fd);

private:
    std::vector<pollfd> watched(int signal_fd) const;
    int wait_ms() const;

    void welcome();
    void reload();
    void serve_watchers();
    void hear_station();
    bool hear(const Packet& packet);
    void lose_station(const Error& why);

    void turn_sources();
    void run_all(Effects effects);
    void run_one(Tell& tell);
    void run_one(SoundTone& tone);
    void run_one(SetTrigger& trigger);
    void run_one(SetBlocked& block);
    void run_one(SetZero& zero);
    void run_one(StartPrint& print);
    void run_one(ResetPrinter& reset);
    void run_one(Remember& remember);
    void run_one(Seen& seen);
    void run_one(Journal& journal);
    device::Source* source_of(device::Handle handle) const;

    void send_waiting();
    bool send(const std::string& packet);

    StationListener listener_;
    Watchers watchers_;
    std::filesystem::path pairings_;
    Configuration configuration_;
    FileWatch file_watch_;
    ServiceManager manager_;
    AllSources sources_;
    std::map<device::Handle, device::Source*> source_of_;
    Switchboard switchboard_;
    protocol::BridgeRun run_;
    std::optional<StationLink> station_;
    std::deque<protocol::BridgeUp> letters_;  // all but scans, for this connection; scans come after them
    bool station_is_slow_ = false;            // its socket took nothing more
};

}  // namespace kenpin::app
