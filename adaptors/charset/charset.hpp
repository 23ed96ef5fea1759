#pragma once
// Japanese text in and out: CP932 (what Japanese programs call Shift_JIS) and UTF-8. ICU's only home.
// Thread: every function may be called from any thread.
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kenpin::charset {

enum class Charset { utf8, cp932 };

struct Decoded {
    std::string text;  // UTF-8, without byte order mark
    Charset from;      // pure ASCII counts as UTF-8
};

bool is_utf8(std::string_view bytes);

/// One record (a CSV line) of unknown charset. UTF-8 is tried first: nearly half of all Japanese addresses in
/// UTF-8 would pass as CP932, hardly any CP932 text passes as UTF-8. Errors: corrupt (neither).
Result<Decoded> decode_record(std::string_view bytes);

/// What a record tells about the file it stands in. `both`: bytes of half-width kana that are UTF-8 by
/// accident (ﾅｶ is Ŷ), or Latin letters with accents that are kana by accident. `plain`: ASCII, or neither.
enum class Evidence { plain, utf8, cp932, both };
Evidence evidence_of(std::string_view bytes);

/// A whole file in UTF-16 (its byte order mark says so) as UTF-8; other files as they are. Errors: corrupt (a
/// lone surrogate, an odd number of bytes).
Result<std::string> without_utf16(std::string_view bytes);

/// Windows' CP932, with ①㈱髙﨑 and with its way of reading 〜 (～), − (－), ‖ (∥). Errors: corrupt (a byte
/// that is no character, or a user-defined one whose shape nobody knows).
Result<std::string> utf8_from_cp932(std::string_view bytes);
/// Errors: corrupt (no UTF-8), refused (a character that CP932 has not: 𠮷, emoji, variation selectors).
Result<std::string> cp932_from_utf8(std::string_view text);

/// NFKC: ＡＢＣ１２３ -> ABC123, ｶﾞ -> ガ, ① -> 1. Errors: corrupt (no UTF-8).
Result<std::string> nfkc(std::string_view text);

/// For comparing names, addresses and telephone numbers: NFKC, lower case, without white space and hyphens of
/// any kind (a long vowel mark stays). Errors: corrupt (no UTF-8).
Result<std::string> folded(std::string_view text);

/// Width in half-width columns: 漢 and Ａ are 2, A and ｱ are 1. Carriers count their fields so. Invalid bytes
/// count 1.
int columns(std::string_view text);

}  // namespace kenpin::charset
