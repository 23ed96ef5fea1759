#pragma once
// From the scan on a station to the server's acknowledgement on that station, durable writes on both ends
// included: real mosquitto, real kenpin-server, each station's threads in a process of its own (as Paho wants
// it).
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::bench {

/// Milliseconds of every scan of all `stations`, each making `scans` at five a second.
Result<std::vector<double>> measure_server_ack(int stations, int scans);

/// What a station's process does: prints "ack MILLISECONDS" for each scan.
struct AckStation {
    std::string device, password, database;
    std::uint16_t broker_port = 0;
    int scans = 0;
};
int run_ack_station(const AckStation& station);

}  // namespace kenpin::bench
