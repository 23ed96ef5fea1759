#include "firmware-bridge/app/weight_news.hpp"

#include "core/base/bridge_limits.hpp"

namespace kenpin::app {

bool WeightNews::is_news(const protocol::PeripheralId& dev, const decode::Weight& weight, device::Mono now) {
    const auto told = told_.find(dev);
    if (told != told_.end() && told->second.weight == weight && now - told->second.at < limits::weight_every)
        return false;
    told_[dev] = {weight, now};
    return true;
}

}  // namespace kenpin::app
