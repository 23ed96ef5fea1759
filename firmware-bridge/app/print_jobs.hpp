#pragma once
// Print jobs that this run of the bridge took, until a station knows how each ended. Pure.
//
//   begin ──> in flight ── printed, station there ──> told
//                  │ ───── printed, station away ───> kept, told to the next station as it ended
//                  └────── a new station comes ─────> told as unknown; its real end is passed over
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/protocol/bridge.hpp"

namespace kenpin::app {

class PrintJobs {
public:
    /// False when there are limits::print_jobs in flight, or one of this name.
    bool begin(const std::string& job, const protocol::PeripheralId& dev);
    /// What to tell now; nothing while no station is there, or when it was told already.
    std::optional<protocol::BridgePrinted> ended(const std::string& job, protocol::PrintEnd end,
                                                 std::uint64_t bytes, bool station_is_there);
    /// It was told, but the station went before it took the packet: the next one is told.
    void keep(protocol::BridgePrinted untold);
    /// What a station that comes is told first.
    std::vector<protocol::BridgePrinted> for_new_station();
    std::size_t in_flight() const { return in_flight_.size(); }
    bool is_in_flight(const std::string& job) const { return in_flight_.contains(job); }
    /// Told as unknown, and still on its way.
    bool is_given_up(const std::string& job) const { return given_up_.contains(job); }

private:
    std::map<std::string, protocol::PeripheralId> in_flight_;
    std::map<std::string, protocol::PeripheralId> given_up_;  // told as unknown, still busy
    std::deque<protocol::BridgePrinted> untold_;              // at most limits::print_ends, oldest go first
};

}  // namespace kenpin::app
