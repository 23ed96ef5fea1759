#include "tests/sim/shrink.hpp"

#include <algorithm>

namespace kenpin::sim {
namespace {

constexpr std::size_t lines_to_read = 40;

// Two breaks are the same when they differ in numbers only: another list, another count.
std::string without_numbers(const std::string& text) {
    std::string kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
                 [](unsigned char c) { return c < '0' || c > '9'; });
    return kept;
}

class Shrinking {
public:
    Shrinking(std::uint64_t seed, Limits limits, const Outcome& broken, int most_days)
        : seed_(seed),
          best_(std::move(limits)),
          what_(without_numbers(broken.broken.front())),
          days_left_(most_days) {
        best_.story_lines = lines_to_read;
        (void)still_breaks(best_);  // the same day again, written down
    }

    Outcome shortest() {
        shorten();
        spare_kinds();
        spare_blows();
        shorten();
        return outcome_;
    }

private:
    bool still_breaks(const Limits& limits) {
        if (days_left_-- <= 0) return false;
        auto outcome = run(seed_, limits);
        if (outcome.broken.empty() || without_numbers(outcome.broken.front()) != what_) return false;
        best_ = limits;
        outcome_ = std::move(outcome);
        return true;
    }

    // Nothing goes wrong after the step at which it broke; then ever earlier.
    void shorten() {
        auto fewer = best_;
        fewer.bad_steps = std::min(best_.bad_steps, outcome_.steps);
        for (int step = fewer.bad_steps / 2; step > 10; step /= 2) {
            fewer = best_;
            fewer.bad_steps = std::max(1, best_.bad_steps - step);
            (void)still_breaks(fewer);  // when not, the longer day stays
        }
    }

    void spare_kinds() {
        for (std::size_t kind = 0; kind < fault_kinds; ++kind) {
            auto fewer = best_;
            fewer.spared_kinds.insert(static_cast<Fault>(kind));
            (void)still_breaks(fewer);  // when not, this kind was needed
        }
    }

    // By halves, quarters, … of the faults that are left.
    void spare_blows() {
        for (std::size_t parts = 2; parts <= 2 * outcome_.blows.size() && days_left_ > 0; parts *= 2) {
            const auto blows = outcome_.blows;
            const auto size = std::max<std::size_t>(1, blows.size() / parts);
            for (std::size_t from = 0; from < blows.size(); from += size) {
                auto fewer = best_;
                fewer.spared.insert(
                    blows.begin() + static_cast<std::ptrdiff_t>(from),
                    blows.begin() + static_cast<std::ptrdiff_t>(std::min(from + size, blows.size())));
                (void)still_breaks(fewer);  // when not, one of these was needed
            }
        }
    }

    const std::uint64_t seed_;
    Limits best_;
    const std::string what_;
    int days_left_;
    Outcome outcome_;
};

}  // namespace

Outcome shortest_story(std::uint64_t seed, Limits limits, const Outcome& broken, int most_days) {
    if (broken.broken.empty()) return broken;
    return Shrinking(seed, std::move(limits), broken, most_days).shortest();
}

}  // namespace kenpin::sim
