#pragma once
// Which scans of the bridge this station has had, so that one sent again is neither lost nor counted twice.
// The bridge sends again what it holds unacknowledged (at most limits::bridge_ring), in any run of its own.
#include <cstddef>
#include <deque>
#include <set>
#include <vector>

#include "core/protocol/bridge.hpp"

namespace kenpin::app {

class SeenScans {
public:
    enum class Seen { never, in_work, done };

    /// `stored`: done in an earlier life of this station.
    explicit SeenScans(const std::vector<protocol::ScanIdentity>& stored = {});

    Seen look(const protocol::ScanIdentity& scan) const;
    void begin(const protocol::ScanIdentity& scan) { in_work_.insert(scan); }
    /// Acknowledged. The newest 4 x limits::bridge_ring are remembered: an acknowledgement can be lost only
    /// with a connection, so a scan that comes again is among the newest.
    void finish(const protocol::ScanIdentity& scan);

private:
    std::set<protocol::ScanIdentity> in_work_;  // bounded by the bridge: it sends no more unacknowledged
    std::set<protocol::ScanIdentity> done_;
    std::deque<protocol::ScanIdentity> done_in_order_;
};

}  // namespace kenpin::app
