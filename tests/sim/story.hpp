#pragma once
// What happened in a simulated world, in the floor's words: the newest lines are kept for whoever must find
// out why an invariant broke.
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace kenpin::sim {

class Story {
public:
    Story(const Instant& now, std::size_t lines_kept) : now_(now), kept_(lines_kept) {}

    /// The words are put together only when somebody will read them.
    template <class... Words>
    void tell(const std::string& who, const Words&... what) {
        if (kept_ == 0) return;
        auto line = to_text(now_).substr(11, 12) + "  " + who + ": ";
        (line.append(what), ...);
        lines_.push_back(std::move(line));
        if (lines_.size() > kept_) lines_.pop_front();
    }
    /// An invariant that does not hold. The first one ends the world.
    void broken(const std::string& what) { broken_.push_back(what); }

    const std::vector<std::string>& broken() const { return broken_; }
    std::vector<std::string> lines() const { return {lines_.begin(), lines_.end()}; }

private:
    const Instant& now_;
    const std::size_t kept_;
    std::deque<std::string> lines_;
    std::vector<std::string> broken_;
};

}  // namespace kenpin::sim
