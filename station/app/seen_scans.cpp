#include "station/app/seen_scans.hpp"

#include "core/base/limits.hpp"

namespace kenpin::app {

using protocol::ScanIdentity;

SeenScans::SeenScans(const std::vector<ScanIdentity>& stored) {
    for (const auto& scan : stored) finish(scan);
}

SeenScans::Seen SeenScans::look(const ScanIdentity& scan) const {
    if (in_work_.contains(scan)) return Seen::in_work;
    return done_.contains(scan) ? Seen::done : Seen::never;
}

void SeenScans::finish(const ScanIdentity& scan) {
    in_work_.erase(scan);
    if (!done_.insert(scan).second) return;
    done_in_order_.push_back(scan);
    if (done_in_order_.size() <= 4 * limits::bridge_ring) return;
    done_.erase(done_in_order_.front());
    done_in_order_.pop_front();
}

}  // namespace kenpin::app
