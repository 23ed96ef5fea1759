#pragma once
// The workers of a floor, a thread each, with what they share: shelves, boxes, papers.
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/e2e/floor/floor.hpp"
#include "tests/e2e/floor/worker.hpp"

namespace kenpin::floor {

class Crew {
public:
    using Onlooker = std::function<void(const Station&, const Seen&)>;
    Crew(Floor& floor, Pace pace, unsigned seed, Onlooker onlooker = {});
    ~Crew();
    /// Ends their work; answers what they did in sum.
    Tally stop();
    const Parcels& parcels() const { return parcels_; }

private:
    Papers papers_at(const Floor& floor, const Station& station);

    Shelves shelves_;
    Boxes boxes_;
    Parcels parcels_;
    std::atomic<bool> stop_ = false;
    std::vector<Tally> tallies_;
    std::vector<std::thread> threads_;
};

}  // namespace kenpin::floor
