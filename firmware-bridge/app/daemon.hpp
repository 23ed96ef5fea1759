#pragma once
// The daemon's one loop: scanners on one side, the station on the other, the ring of scans between them.
// Everything happens in the thread of run(); nothing blocks but its poll().
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/app/scan_ring.hpp"
#include "firmware-bridge/app/serial_scanner.hpp"
#include "firmware-bridge/app/station_socket.hpp"

struct pollfd;

namespace kenpin::app {

class Daemon {
public:
    Daemon(StationListener listener, std::vector<SerialScanner> scanners, protocol::BridgeRun run);

    /// Until `stop_fd` is readable.
    void run(int stop_fd);

private:
    std::vector<pollfd> watched(int stop_fd) const;
    int wait_ms(Mono at) const;
    std::size_t room() const;

    void welcome();
    void hear_station();
    void obey(const protocol::BridgeDown& message);
    void lose_station(const Error& why);

    void read_scanners(const pollfd* first);
    void take(ScannerNews news);
    void say_if_full();

    void tell(const protocol::BridgeUp& message);
    void send_waiting();
    bool send(const std::string& packet);

    StationListener listener_;
    std::vector<SerialScanner> scanners_;
    protocol::BridgeRun run_;
    ScanRing ring_;
    std::optional<StationLink> station_;
    std::deque<std::string> letters_;  // hello and device news for this connection; scans come after them
    bool station_is_slow_ = false;     // its socket took nothing more
    bool full_was_said_ = false;
};

}  // namespace kenpin::app
