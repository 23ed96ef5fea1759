#pragma once
// Many devices made of libmosquitto in one thread: they say what stands in their scripts and measure how long
// the server takes to acknowledge it. A message that is not acknowledged is sent again, as a station does.
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "tests/bench/ingest/floor.hpp"

namespace kenpin::bench {

struct Broker {
    std::uint16_t port = 0;
    std::string password;
    std::string ca_file{};  // empty: without TLS
};

struct LoadPlan {
    std::size_t events_a_message = 1;
    std::size_t window = 4;             // messages of a device that wait for their acknowledgement
    std::chrono::milliseconds pace{0};  // between two messages of a device; 0: as soon as the window has room
    std::chrono::milliseconds most{60'000};  // then it ends, whatever waits
    std::size_t most_events = 0;             // of each device; 0: all of its script
};

struct LoadResult {
    std::vector<double> ack_ms;  // of each message, in no order
    std::size_t events = 0;      // acknowledged
    double took_s = 0;           // from the first message to the last acknowledgement
    bool is_complete = false;
    std::size_t sent_again = 0;  // messages
};

/// Connects all, subscribes, then runs the load. Errors: the broker refuses.
Result<LoadResult> run_load(const Broker& broker, const std::vector<DeviceScript>& scripts,
                            const LoadPlan& plan);

}  // namespace kenpin::bench
