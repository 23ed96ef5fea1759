#include "firmware-bridge/app/print_jobs.hpp"

#include <utility>

#include "core/base/bridge_limits.hpp"

namespace kenpin::app {

bool PrintJobs::begin(const std::string& job, const protocol::PeripheralId& dev) {
    if (in_flight_.size() + given_up_.size() >= limits::print_jobs) return false;
    return !given_up_.contains(job) && in_flight_.emplace(job, dev).second;
}

std::optional<protocol::BridgePrinted> PrintJobs::ended(const std::string& job, protocol::PrintEnd end,
                                                        std::uint64_t bytes, bool station_is_there) {
    if (given_up_.erase(job) > 0) return std::nullopt;
    const auto found = in_flight_.find(job);
    if (found == in_flight_.end()) return std::nullopt;
    protocol::BridgePrinted printed{found->second, job, end, bytes};
    in_flight_.erase(found);
    if (station_is_there) return printed;
    keep(std::move(printed));
    return std::nullopt;
}

void PrintJobs::keep(protocol::BridgePrinted untold) {
    if (untold_.size() >= limits::print_ends) untold_.pop_front();
    untold_.push_back(std::move(untold));
}

std::vector<protocol::BridgePrinted> PrintJobs::for_new_station() {
    std::vector<protocol::BridgePrinted> told(untold_.begin(), untold_.end());
    untold_.clear();
    for (const auto& [job, dev] : in_flight_) told.push_back({dev, job, protocol::PrintEnd::unknown, 0});
    given_up_.merge(in_flight_);
    in_flight_.clear();
    return told;
}

}  // namespace kenpin::app
