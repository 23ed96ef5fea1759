#pragma once
// All that is left to chance in a simulated world, from one seed: the same seed gives the same world on every
// machine.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/time.hpp"

namespace kenpin::sim {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}

    /// splitmix64, Sebastiano Vigna, public domain.
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    /// 0 .. n-1; n >= 1.
    int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
    int between(int least, int most) { return least + below(most - least + 1); }
    Millis between(Millis least, Millis most) {
        return least + Millis{static_cast<std::int64_t>(
                           next() % static_cast<std::uint64_t>((most - least).count() + 1))};
    }
    /// True once in `n` times; never for 0.
    bool one_in(int n) { return n > 0 && below(n) == 0; }
    /// `all` is not empty.
    template <class T>
    const T& any_of(const std::vector<T>& all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }

private:
    std::uint64_t state_;
};

}  // namespace kenpin::sim
