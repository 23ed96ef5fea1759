#pragma once
// Which scans look like one code read twice. Marked only: the station decides, for a worker who picks three
// of one item scans three equal codes honestly. Pure.
#include <chrono>
#include <deque>
#include <optional>
#include <string>

#include "core/protocol/bridge.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::app {

class Repeats {
public:
    struct Read {
        protocol::ScanSeq seq;
        device::Mono at;
        protocol::PeripheralId dev;
        std::string bytes;
    };
    /// The scan that `read` repeats: the last one of its own device, when it has the same bytes and is at
    /// most `dedup` older; else the newest of the same bytes on another device within limits::seen_elsewhere.
    /// `read` is remembered.
    std::optional<protocol::ScanSeq> look(Read read, std::chrono::milliseconds dedup);

private:
    std::deque<Read> recent_;  // by time, none older than the longest window needs
};

}  // namespace kenpin::app
