#pragma once
// Bytes as text in packets (RFC 4648, with padding). Core has no library for it; the one in adaptors/crypto
// is out of its reach.
#include <optional>
#include <string>
#include <string_view>

namespace kenpin::protocol {

std::string to_base64(std::string_view bytes);
/// Nothing for a letter that is none, padding at the wrong place or a length that is no multiple of four.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace kenpin::protocol
