#include "server/web/rate_limit.hpp"

#include <algorithm>

namespace kenpin::web {

Token take_token(const Rate& rate, RateClock::time_point full_at, RateClock::time_point now) {
    const RateClock::duration each = std::chrono::nanoseconds{std::chrono::minutes{1}} / rate.per_minute;
    const auto after = std::max(full_at, now) + each;
    const auto too_late = after - now - each * rate.burst;
    if (too_late > RateClock::duration::zero()) return {false, full_at, too_late};
    return {true, after, {}};
}

std::optional<std::chrono::seconds> Gate::must_wait(RateClock::time_point now) {
    auto known = full_at_.load();
    for (;;) {
        const auto token = take_token(rate_, RateClock::time_point{RateClock::duration{known}}, now);
        if (!token.is_given)
            return std::max(std::chrono::ceil<std::chrono::seconds>(token.wait), std::chrono::seconds{1});
        if (full_at_.compare_exchange_weak(known, token.full_at.time_since_epoch().count()))
            return std::nullopt;
    }
}

}  // namespace kenpin::web
