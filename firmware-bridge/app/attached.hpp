#pragma once
// The bytes of a print job, which come beside their packet as a memfd.
#include <cstdint>
#include <string>

#include "core/base/result.hpp"

namespace kenpin::app {

/// All bytes of the memfd `fd`. refused: not a memfd, not sealed against shrinking, growing and writing, not
/// exactly `wanted` bytes long, or longer than limits::print_bytes.
Result<std::string> read_attached(int fd, std::uint64_t wanted);

}  // namespace kenpin::app
