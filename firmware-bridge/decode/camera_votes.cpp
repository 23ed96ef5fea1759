#include "firmware-bridge/decode/camera_votes.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::decode {
namespace {

bool is_same(const std::optional<Identified>& a, const Identified& b) {
    return a && a->symbology == b.symbology && a->bytes == b.bytes;
}

}  // namespace

bool CameraVotes::is_still_there(Millis at, const Identified& seen) const {
    return is_same(taken_, seen) && at - taken_seen_ < out_of_sight;
}

std::optional<Identified> CameraVotes::hear(Millis at, const std::optional<Identified>& seen) {
    const auto frames = std::exchange(before_, {seen, before_[0]});
    if (!seen) return std::nullopt;
    if (is_still_there(at, *seen)) {
        taken_seen_ = at;
        return std::nullopt;
    }
    if (std::none_of(frames.begin(), frames.end(), [&](const auto& one) { return is_same(one, *seen); }))
        return std::nullopt;
    taken_ = seen;
    taken_seen_ = at;
    return seen;
}

}  // namespace kenpin::decode
