#pragma once
// Files packed by gzip, as shops' systems drop them (orders.csv.gz). zlib's home outside printers/encode.
// Thread: may be called from any thread.
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kenpin::gzip {

/// Bytes begin as gzip does.
bool is_packed(std::string_view bytes);

/// The unpacked bytes; several members behind each other are one text. Errors: corrupt (damaged, cut off),
/// full (more than `most_bytes`: a small file may unpack to fill any memory).
Result<std::string> unpack(std::string_view bytes, std::size_t most_bytes);

}  // namespace kenpin::gzip
