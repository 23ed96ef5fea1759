#pragma once
// The recovery ladder of one listening pipe: what is done when a transfer fails. Pure; the steps are those
// that real scanners were seen to need, cheapest first.
//
//   Well ── stall ──────────────> Well: clear the halt, listen again   (at most stalls_in_a_row, then an
//   error) Well ── error, overflow ────> Trying 1, 2, 3: listen again after 10, 50, 250 ms Trying 3 ── once
//   more ──────> Reopened: close, open anew, and the same steps again Reopened, all steps used ───> Faulty: a
//   person must look at it any ── a good transfer ─────> Well any ── gone ────────────────> Gone: nothing
//   more is tried
#include <array>
#include <variant>

#include "core/base/time.hpp"

namespace kenpin::device {

enum class Trouble { stall, error, overflow, no_answer, gone };

struct ClearHalt {
    bool operator==(const ClearHalt&) const = default;
};
struct ListenAgain {
    Millis after;
    bool operator==(const ListenAgain&) const = default;
};
struct Reopen {
    Millis after;
    bool operator==(const Reopen&) const = default;
};
struct GiveUp {
    bool operator==(const GiveUp&) const = default;
};
struct LetGo {
    bool operator==(const LetGo&) const = default;
};
using Remedy = std::variant<ClearHalt, ListenAgain, Reopen, GiveUp, LetGo>;

class Recovery {
public:
    static constexpr std::array<Millis, 3> pauses{Millis{10}, Millis{50}, Millis{250}};
    static constexpr int stalls_in_a_row = 3;
    static constexpr Millis reopen_after{250};

    Remedy on(Trouble trouble);
    void on_good_transfer() { *this = {}; }

private:
    Remedy next_step();

    int stalls_ = 0;
    std::size_t tries_ = 0;
    bool was_reopened_ = false;
};

}  // namespace kenpin::device
