#pragma once
// Bad lines without any privilege: a proxy on the loopback, one port for each device. It cannot lose or
// reorder what TCP promises to deliver; it holds bytes back, stops passing them on (a cut that nobody is told
// of), and ends connections where a packet would have been lost.
#include <memory>

#include "core/base/result.hpp"
#include "tests/e2e/chaos/line.hpp"

namespace kenpin::chaos {

Result<std::unique_ptr<Line>> make_proxy_line(std::size_t devices, std::uint64_t seed);

}  // namespace kenpin::chaos
