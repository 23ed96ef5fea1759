#pragma once
// The daemon's one loop: devices on one side, the station on the other, the switchboard between them.
// Everything happens in the thread of run(); nothing blocks but its poll().
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/app/station_socket.hpp"
#include "firmware-bridge/app/switchboard.hpp"
#include "firmware-bridge/device/news.hpp"

struct pollfd;

namespace kenpin::app {

using Sources = std::vector<std::unique_ptr<device::Source>>;

class Daemon {
public:
    Daemon(StationListener listener, Sources sources, Switchboard switchboard, protocol::BridgeRun run);

    /// Until `stop_fd` is readable.
    void run(int stop_fd);

private:
    std::vector<pollfd> watched(int stop_fd) const;
    int wait_ms() const;

    void welcome();
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
    void run_one(Journal& journal);
    device::Source* source_of(device::Handle handle) const;

    void send_waiting();
    bool send(const std::string& packet);

    StationListener listener_;
    Sources sources_;
    std::map<device::Handle, device::Source*> source_of_;
    Switchboard switchboard_;
    protocol::BridgeRun run_;
    std::optional<StationLink> station_;
    std::deque<protocol::BridgeUp> letters_;  // all but scans, for this connection; scans come after them
    bool station_is_slow_ = false;            // its socket took nothing more
};

}  // namespace kenpin::app
