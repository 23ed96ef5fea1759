#include "printers/encode/dialogue.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::encode {

namespace {

constexpr std::size_t most_carried =
    64;  // limits::labels_in_flight is far less: older ones were scanned long ago

}  // namespace

void Dialogue::sent(const JobMark& mark) {
    carried_.push_back(mark);
    if (carried_.size() <= most_carried) return;
    carried_.pop_front();
    ++gone_;
}

std::vector<JobMark> Dialogue::take_proven() {
    return std::exchange(proven_, {});
}

void Dialogue::prove_through(std::size_t count) {
    for (; gone_ < count && !carried_.empty(); ++gone_) {
        proven_.push_back(std::move(carried_.front()));
        carried_.pop_front();
    }
}

void Dialogue::prove(const JobMark& mark) {
    const auto found = std::find(carried_.begin(), carried_.end(), mark);
    if (found == carried_.end()) return;
    proven_.push_back(std::move(*found));
    carried_.erase(found);
    ++gone_;
}

void Dialogue::give_up_carried() {
    gone_ += carried_.size();
    carried_.clear();
}

}  // namespace kenpin::encode
