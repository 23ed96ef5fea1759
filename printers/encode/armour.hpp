#pragma once
// Bytes as text, for printer languages that carry graphics as text: base64 and its checksum. Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kenpin::encode {

/// RFC 4648 with padding, no line breaks.
std::string to_base64(std::string_view bytes);
/// Nothing when there is a foreign character or a wrong length. Padding may be absent.
std::optional<std::string> from_base64(std::string_view text);

/// CRC-16/XMODEM: polynomial 1021, start 0, not reflected. ZPL puts it over the base64 text.
std::uint16_t crc16_xmodem(std::string_view bytes);
/// Four upper-case hex digits.
std::string to_hex4(std::uint16_t number);

}  // namespace kenpin::encode
