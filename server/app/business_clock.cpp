#include "server/app/business_clock.hpp"

#include <chrono>

namespace kenpin::app {

Clock machine_clock() {
    return [] { return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now()); };
}

Clock business_clock(std::optional<Instant> start) {
    if (!start) return machine_clock();
    const auto began = std::chrono::steady_clock::now();
    return [start, began] {
        return *start + std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - began);
    };
}

}  // namespace kenpin::app
