#pragma once
// When a code that a camera sees is a scan. A frame may be misread, and a code lies before the camera for
// many frames: read in two of three frames it is a scan, and it is a scan again only after it was out of
// sight.
#include <array>
#include <cstddef>
#include <optional>

#include "core/base/time.hpp"
#include "firmware-bridge/decode/aim.hpp"

namespace kenpin::decode {

/// Out of sight for so long, a code counts anew: longer than a hand shakes or a gleam lasts, shorter than it
/// takes to put the next piece there.
inline constexpr Millis out_of_sight{700};

class CameraVotes {
public:
    /// What one frame showed, taken at `at` (never earlier than the frame before). Returned: it is a scan
    /// now.
    std::optional<Identified> hear(Millis at, const std::optional<Identified>& seen);

private:
    bool is_still_there(Millis at, const Identified& seen) const;

    std::array<std::optional<Identified>, 2> before_;  // the two frames before
    std::optional<Identified> taken_;
    Millis taken_seen_{0};  // when taken_ was seen last
};

}  // namespace kenpin::decode
