#include "firmware-bridge/app/sessions.hpp"

#include <utility>

namespace kenpin::app {

void Sessions::begin(const protocol::PeripheralId& dev, std::string worker, device::Mono now) {
    held_[dev] = {std::move(worker), now};
}

std::string Sessions::of(const protocol::PeripheralId& dev, device::Mono now, std::chrono::minutes idle) {
    const auto found = held_.find(dev);
    if (found == held_.end()) return {};
    if (now - found->second.last_scan >= idle) {
        held_.erase(found);
        return {};
    }
    found->second.last_scan = now;
    return found->second.worker;
}

}  // namespace kenpin::app
