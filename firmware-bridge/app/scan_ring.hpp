#pragma once
// Scans on their way to the station: numbered when made, kept until the station acknowledges each, sent again
// after every new connection. Holds at most limits::bridge_ring; when full the scanners are not read until
// there is room, so the oldest is never pushed out. Lives in memory: a scan that dies with the daemon was
// shown to nobody.
#include <cstddef>
#include <cstdint>
#include <deque>

#include "core/protocol/bridge.hpp"

namespace kenpin::app {

class ScanRing {
public:
    bool is_full() const;
    std::size_t waiting() const { return scans_.size(); }
    /// The number that the next scan will have.
    protocol::ScanSeq next_seq() const { return protocol::ScanSeq{last_.value + 1}; }
    /// Gives it its number. The ring must not be full.
    void add(protocol::BridgeScan scan);
    /// That scan is done with. A number that is not waiting (acknowledged twice, never made) changes nothing.
    void acknowledge(protocol::ScanSeq seq);

    /// The first scan not yet sent over this connection, or null. Valid until the ring changes.
    const protocol::BridgeScan* next_to_send() const;
    void mark_sent(protocol::ScanSeq seq) { sent_upto_ = seq; }
    /// A new connection: everything that waits is to be sent again, in order.
    void send_again() { sent_upto_ = {}; }

private:
    std::deque<protocol::BridgeScan> scans_;  // by number
    protocol::ScanSeq last_;
    protocol::ScanSeq sent_upto_;
};

}  // namespace kenpin::app
