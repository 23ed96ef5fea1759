#include "printers/encode/dialogue.hpp"

#include <utility>

namespace kenpin::encode {

std::vector<JobMark> Dialogue::take_proven() {
    return std::exchange(proven_, {});
}

void Dialogue::prove_through(std::size_t count) {
    for (; gone_ < count && !carried_.empty(); ++gone_) {
        proven_.push_back(std::move(carried_.front()));
        carried_.pop_front();
    }
}

}  // namespace kenpin::encode
