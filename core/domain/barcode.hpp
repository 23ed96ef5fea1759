#pragma once
// What a scanned code is. Every code is classified before a rule sees it; what fits nothing is Unreadable,
// never a partial match. Check digits: GTIN weight 3 from the right; tracking numbers first eleven digits mod
// 7 (Yamato, Sagawa; only believed for Japan Post, so a wrong one warns); our own codes ISO 7064 mod 37,36
// (docs/protocol/codes.md).
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/ids.hpp"

namespace kenpin::domain {

enum class Symbology { unknown, ean13, ean8, upc_a, itf, code128, gs1_128, codabar, code39, qr, data_matrix };

/// One code as a device handed it over: its exact bytes, without the framing of the transport.
struct ScannedCode {
    std::string bytes;
    Symbology symbology = Symbology::unknown;  // unknown: a keyboard wedge cannot tell
};

/// What the step in hand asks for; decides only where the bytes alone do not (twelve digits).
enum class Expect { anything, worker, tote, location, goods, slot, waybill };

enum class OwnKind { location, tote, worker, shipment, list, command, station, insert };

struct GoodsCode {
    std::string digits;  // 13 (JAN, UPC-A with a leading 0) or 8, check digit right
};
struct CaseCode {
    std::string itf14;      // check digit right
    std::string inner_jan;  // the thirteen digits of the piece inside, check digit made anew
};
struct WaybillCode {
    TrackingNo number;  // twelve digits
    bool check_is_right;
};
struct OwnCode {
    OwnKind kind;
    std::string body;
};
struct OtherText {
    std::string text;  // an in-house code or a bare location: only the list in hand can say
};
struct Unreadable {
    enum class Why { empty, too_long, not_printable, check_digit, own_code } why;
    std::string text;  // as read, control characters shown as '?', cut at 40 bytes
};
using Code = std::variant<GoodsCode, CaseCode, WaybillCode, OwnCode, OtherText, Unreadable>;

Code classify(const ScannedCode& scanned, Expect expect);

/// The code as people compare it on a screen, e.g. "4901234567894", "A-01-03", "0000-1000-0034".
std::string shown(const Code& code);

/// True for 8, 12, 13 or 14 digits whose last is the GTIN check digit of the others.
bool gtin_check_is_right(std::string_view digits);
/// '0'..'9' for the digits before the check digit; `digits` holds digits only.
char gtin_check_digit(std::string_view digits);

/// '0'..'6' for the first eleven digits of a tracking number; `eleven` holds digits only.
char tracking_check_digit(std::string_view eleven);
/// True for twelve digits with the right check digit.
bool tracking_check_is_right(std::string_view twelve);

/// An international mail item (UPU S10): two letters, nine digits, two letters of the country.
bool is_mail_item(std::string_view text);
/// The ninth digit for the eight before it: weights 8 6 4 2 3 5 9 7, 11 less the rest mod 11 (10 is 0, 11 is
/// 5).
char mail_check_digit(std::string_view eight);
/// Of an item as above.
bool mail_check_is_right(std::string_view item);

/// The code of ours for `body` ([0-9A-Z-]{1,20}): 'K' + kind letter + body + check character. Nothing for a
/// bad body.
std::optional<std::string> make_own_code(OwnKind kind, std::string_view body);
/// ISO 7064 mod 37,36 over the letters and digits of `text`; hyphens count for nothing.
char own_check_character(std::string_view text);

}  // namespace kenpin::domain
