#pragma once
// A worker in a chaos run: reads the screen, scans what it asks for, a wrong code now and then, and looks for
// the verdict. When none comes (the station died, the scan was lost with its bridge) he looks at the screen
// again. Never waits: the run calls step() for all of them in turn.
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tests/e2e/floor/floor.hpp"
#include "tests/e2e/floor/screen.hpp"
#include "tests/sim/chance.hpp"

namespace kenpin::chaos {

using Time = std::chrono::steady_clock::time_point;

struct Tally {
    int scans = 0, wrong = 0;
    int green = 0, refused = 0;
    int unanswered = 0;
    int wrong_accepted = 0;  // must stay 0
};

class Worker {
public:
    struct Place {
        std::string badge;
        support::PtyScanner& scanner;
        floor::Screen screen;
        int number = 0;                           // of the worker: takes another list than his neighbour
        std::function<std::string()> empty_tote;  // the code on a box that nobody used
        std::uint64_t seed = 1;
    };
    explicit Worker(Place place) : at_(std::move(place)), chance_(at_.seed) {}

    void step(Time now);
    const Tally& tally() const { return tally_; }

private:
    struct Waiting {
        std::int64_t after = 0;  // line of the screen log
        Time until{};
        std::string code;
        bool is_wrong = false, is_confirmation = false;
    };
    void look_for_verdict(Time now);
    void act(const floor::Seen& seen, Time now);
    std::optional<std::string> right_code(const floor::Seen& seen);
    std::string list_code(const floor::Seen& seen);
    std::optional<std::string> wrong_code(const floor::Seen& seen);

    Place at_;
    sim::Chance chance_;
    Tally tally_;
    Time acts_at_{};
    std::optional<Waiting> waits_;
    bool was_refused_ = false;
    bool is_sure_ = true;  // that the screen asks what it shows
};

}  // namespace kenpin::chaos
