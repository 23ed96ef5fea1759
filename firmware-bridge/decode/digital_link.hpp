#pragma once
// GS1 Digital Link: a web address that carries GS1 data,
// https://any.host/stem/01/04901234567894/10/LOT7?17=271231 The rightmost primary key in the path begins the
// data; its qualifiers follow in their fixed order; further identifiers are attributes in the query. Never
// fetched: only read.
#include <string_view>

#include "firmware-bridge/decode/gs1.hpp"

namespace kenpin::decode {

/// http:// or https:// in any case of letters, with something behind.
bool is_web_address(std::string_view text);

/// Refusal::no_primary_key: an ordinary web address. Offsets are in `address`.
Gs1Reading parse_digital_link(std::string_view address);

}  // namespace kenpin::decode
