#include "core/domain/barcode.hpp"

#include <algorithm>
#include <array>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"

namespace kenpin::domain {
namespace {

constexpr std::string_view own_kinds = "LTWSPCDN";  // in the order of OwnKind
constexpr std::string_view own_alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_printable(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
}

bool fits_body(std::string_view body) {
    return !body.empty() && body.size() <= limits::code_body &&
           std::all_of(body.begin(), body.end(),
                       [](char c) { return c == '-' || own_alphabet.find(c) != std::string_view::npos; });
}

std::string safe_text(std::string_view bytes) {
    std::string text(bytes.substr(0, 40));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return !is_printable(c); }, '?');
    return text;
}

Code unreadable(Unreadable::Why why, std::string_view bytes) {
    return Unreadable{why, safe_text(bytes)};
}

// NW-7 start and stop letters, either case; a scanner may or may not hand them over.
std::string_view without_start_stop(std::string_view text) {
    constexpr std::string_view letters = "ABCDabcd";
    if (text.size() < 3 || letters.find(text.front()) == std::string_view::npos ||
        letters.find(text.back()) == std::string_view::npos)
        return text;
    return text.substr(1, text.size() - 2);
}

Code waybill(std::string_view twelve) {
    return WaybillCode{TrackingNo{std::string(twelve)}, tracking_check_is_right(twelve)};
}

Code goods(std::string_view digits) {
    if (!gtin_check_is_right(digits)) return unreadable(Unreadable::Why::check_digit, digits);
    return GoodsCode{digits.size() == 12 ? "0" + std::string(digits) : std::string(digits)};
}

Code carton(std::string_view digits) {
    if (!gtin_check_is_right(digits)) return unreadable(Unreadable::Why::check_digit, digits);
    std::string inner(digits.substr(1, 12));
    inner.push_back(gtin_check_digit(inner));
    return CaseCode{std::string(digits), std::move(inner)};
}

// Twelve digits are a tracking number or a UPC-A: the symbology knows, else the step that asks.
Code twelve_digits(std::string_view digits, Symbology symbology, Expect expect) {
    if (symbology == Symbology::upc_a || symbology == Symbology::ean13) return goods(digits);
    if (symbology == Symbology::codabar || expect == Expect::waybill) return waybill(digits);
    if (expect == Expect::goods) return goods(digits);
    return tracking_check_is_right(digits) ? waybill(digits) : goods(digits);
}

// Code 128 and Code 39 carry whatever a shop prints; digits in them are goods only when they check as such.
Code digits_only(std::string_view digits, Symbology symbology, Expect expect) {
    const bool free_text = symbology == Symbology::code128 || symbology == Symbology::code39;
    if (free_text && !gtin_check_is_right(digits) && digits.size() != 12)
        return OtherText{std::string(digits)};
    switch (digits.size()) {
        case 8:
        case 13:
            return goods(digits);
        case 12:
            return twelve_digits(digits, symbology, expect);
        case 14:
            return carton(digits);
        default:
            return OtherText{std::string(digits)};
    }
}

std::optional<OwnKind> own_kind(char letter) {
    const auto at = own_kinds.find(letter);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<OwnKind>(at);
}

bool looks_like_ours(std::string_view text) {
    return text.size() >= 4 && text.size() <= limits::code_body + 3 && text[0] == 'K' && own_kind(text[1]) &&
           fits_body(text.substr(2, text.size() - 3));
}

Code own(std::string_view text) {
    if (own_check_character(text.substr(0, text.size() - 1)) != text.back())
        return unreadable(Unreadable::Why::own_code, text);
    return OwnCode{*own_kind(text[1]), std::string(text.substr(2, text.size() - 3))};
}

std::string grouped_by_four(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && i % 4 == 0) text.push_back('-');
        text.push_back(digits[i]);
    }
    return text;
}

}  // namespace

Code classify(const ScannedCode& scanned, Expect expect) {
    const std::string_view bytes = scanned.bytes;
    if (bytes.empty()) return unreadable(Unreadable::Why::empty, bytes);
    if (bytes.size() > limits::scan_bytes) return unreadable(Unreadable::Why::too_long, bytes);
    if (!std::all_of(bytes.begin(), bytes.end(), is_printable))
        return unreadable(Unreadable::Why::not_printable, bytes);
    if (all_digits(bytes)) return digits_only(bytes, scanned.symbology, expect);
    const auto inner = without_start_stop(bytes);
    if (inner.size() == 12 && bytes.size() == 14 && all_digits(inner)) return waybill(inner);
    if (looks_like_ours(bytes)) return own(bytes);
    return OtherText{std::string(bytes)};
}

std::string shown(const Code& code) {
    return std::visit(Overloaded{
                          [](const GoodsCode& c) { return c.digits; },
                          [](const CaseCode& c) { return c.itf14; },
                          [](const WaybillCode& c) { return grouped_by_four(c.number.value); },
                          [](const OwnCode& c) { return c.body; },
                          [](const OtherText& c) { return safe_text(c.text); },
                          [](const Unreadable& c) { return c.text; },
                      },
                      code);
}

char gtin_check_digit(std::string_view digits) {
    int sum = 0;
    int weight = 3;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        sum += weight * (*digit - '0');
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool gtin_check_is_right(std::string_view digits) {
    const auto n = digits.size();
    if ((n != 8 && n != 12 && n != 13 && n != 14) || !all_digits(digits)) return false;
    return gtin_check_digit(digits.substr(0, n - 1)) == digits.back();
}

char tracking_check_digit(std::string_view eleven) {
    int rest = 0;
    for (const char digit : eleven) rest = (rest * 10 + (digit - '0')) % 7;
    return static_cast<char>('0' + rest);
}

bool tracking_check_is_right(std::string_view twelve) {
    return twelve.size() == 12 && all_digits(twelve) &&
           tracking_check_digit(twelve.substr(0, 11)) == twelve[11];
}

bool is_mail_item(std::string_view text) {
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return text.size() == 13 && is_letter(text[0]) && is_letter(text[1]) && all_digits(text.substr(2, 9)) &&
           is_letter(text[11]) && is_letter(text[12]);
}

char mail_check_digit(std::string_view eight) {
    constexpr std::array<int, 8> weights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (eight[i] - '0');
    const int rest = 11 - sum % 11;
    return rest == 10 ? '0' : rest == 11 ? '5' : static_cast<char>('0' + rest);
}

bool mail_check_is_right(std::string_view item) {
    return is_mail_item(item) && mail_check_digit(item.substr(2, 8)) == item[10];
}

char own_check_character(std::string_view text) {
    constexpr int modulus = 36;
    int product = modulus;
    for (const char c : text) {
        const auto value = own_alphabet.find(c);
        if (value == std::string_view::npos) continue;
        const int sum = (product + static_cast<int>(value)) % modulus;
        product = (sum == 0 ? modulus : sum) * 2 % (modulus + 1);
    }
    return own_alphabet[static_cast<std::size_t>((modulus + 1 - product) % modulus)];
}

std::optional<std::string> make_own_code(OwnKind kind, std::string_view body) {
    if (!fits_body(body)) return std::nullopt;
    std::string code{'K', own_kinds[static_cast<std::size_t>(kind)]};
    code += body;
    code.push_back(own_check_character(code));
    return code;
}

}  // namespace kenpin::domain
