#pragma once
// Which weights a station is told: a scale says the same ten times a second. A new one at once, the same one
// again only after limits::weight_every, so that the station sees the scale is alive. Pure.
#include <map>

#include "core/protocol/bridge.hpp"
#include "firmware-bridge/decode/weight.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::app {

class WeightNews {
public:
    /// True: tell it.
    bool is_news(const protocol::PeripheralId& dev, const decode::Weight& weight, device::Mono now);
    void forget(const protocol::PeripheralId& dev) { told_.erase(dev); }
    /// A station came: the next weight of each scale is news.
    void forget_all() { told_.clear(); }

private:
    struct Told {
        decode::Weight weight;
        device::Mono at;
    };
    std::map<protocol::PeripheralId, Told> told_;
};

}  // namespace kenpin::app
