#include "server/web/wrong_keys.hpp"

#include <chrono>
#include <functional>
#include <limits>

namespace kenpin::web {

WrongKeys::WrongKeys() {
    for (auto& at : next_line_at_) at = std::numeric_limits<RateClock::rep>::min();
}

bool WrongKeys::note(std::string_view address, RateClock::time_point now) {
    ++count_;
    auto& place = next_line_at_[std::hash<std::string_view>{}(address) % lines_a_minute];
    auto due = place.load();
    if (now.time_since_epoch().count() < due) return false;
    const auto next = (now + std::chrono::minutes{1}).time_since_epoch().count();
    return place.compare_exchange_strong(due, next);  // of two threads one has the line
}

}  // namespace kenpin::web
