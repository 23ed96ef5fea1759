#pragma once
// fuzz(seed, attempt): calls attempt(dice) again and again for a while, with a seed that is said when it
// fails. How long: KENPIN_FUZZ_SECONDS of this process's CPU time for each parser; 10 in ./dev test, 600 in
// ./dev nightly.
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace kenpin::test {

using Dice = std::mt19937;

inline double fuzz_seconds() {
    const char* seconds = std::getenv("KENPIN_FUZZ_SECONDS");
    return seconds == nullptr ? 10.0 : std::atof(seconds);
}

inline double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Each round of attempts has dice of its own, so that one round repeats what failed. Stops after the first
/// round with a failed check.
template <class Attempt>
void fuzz(unsigned seed, Attempt&& attempt) {
    constexpr int attempts_per_round = 500;
    const auto until = cpu_seconds() + fuzz_seconds();
    long rounds = 0;
    for (unsigned round = 0; cpu_seconds() < until; ++round, ++rounds) {
        INFO("seed ", seed, ", round ", round);
        Dice dice(seed * 1'000'003U + round);
        for (int i = 0; i < attempts_per_round; ++i) attempt(dice);
    }
    MESSAGE(rounds * attempts_per_round << " attempts");
}

/// Bytes that are mostly `likely` ones, up to `most`.
inline std::string any_bytes(Dice& dice, std::string_view likely, std::size_t most) {
    std::string bytes(dice() % (most + 1), '\0');
    for (auto& byte : bytes)
        byte = likely.empty() || dice() % 4 == 0 ? static_cast<char>(dice() % 256)
                                                 : likely[dice() % likely.size()];
    return bytes;
}

/// `good` with some bytes changed, dropped or doubled.
inline std::string damaged(Dice& dice, std::string good) {
    for (auto changes = dice() % 6; changes > 0 && !good.empty(); --changes) {
        const auto at = dice() % good.size();
        switch (dice() % 4) {
            case 0:
                good.erase(at, 1 + dice() % 3);
                break;
            case 1:
                good.insert(at, 1, good[dice() % good.size()]);
                break;
            case 2:
                good[at] = static_cast<char>(good[at] ^ static_cast<char>(1U << (dice() % 8)));
                break;
            default:
                good[at] = static_cast<char>(dice() % 256);
        }
    }
    return good;
}

}  // namespace kenpin::test
