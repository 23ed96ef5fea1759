#include "firmware-bridge/decode/checks.hpp"

#include "core/domain/barcode.hpp"
#include "firmware-bridge/decode/gs1.hpp"

namespace kenpin::decode {
namespace {

using domain::Symbology;

bool all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

Check gtin_of(std::string_view digits, std::size_t size) {
    if (!all_digits(digits)) return Check::characters;
    if (digits.size() != size) return Check::length;
    return domain::gtin_check_is_right(digits) ? Check::right : Check::check_digit;
}

Check ean13(const Identified& scan) {
    if (scan.aim == "]E1" || scan.aim == "]E2") return Check::nothing;  // an add-on alone
    if (scan.aim == "]E3") return gtin_of(std::string_view(scan.bytes).substr(0, 13), 13);
    return gtin_of(scan.bytes, 13);
}

Check upc_a(const Identified& scan) {
    if (scan.bytes.size() == 13) return gtin_of(scan.bytes, 13);
    const auto found = gtin_of(scan.bytes, 12);
    return found == Check::right && scan.aim == "]E0" ? Check::zero_left_out : found;
}

Check itf(std::string_view bytes) {
    if (!all_digits(bytes)) return Check::characters;
    return bytes.size() == 14 ? gtin_of(bytes, 14) : Check::nothing;
}

Check nw7(std::string_view bytes) {
    const auto twelve = tracking_digits(bytes);
    if (twelve.empty()) return Check::nothing;
    return domain::tracking_check_is_right(twelve) ? Check::right : Check::check_digit;
}

Check mail(std::string_view bytes) {
    if (!domain::is_mail_item(bytes)) return Check::nothing;
    return domain::mail_check_is_right(bytes) ? Check::right : Check::check_digit;
}

Check gs1(const Gs1Reading& reading) {
    const auto* refused = std::get_if<Gs1Refusal>(&reading);
    if (refused == nullptr) return Check::right;
    if (refused->fault == Gs1Fault::no_primary_key) return Check::nothing;  // some shop's web address
    return Check::gs1;
}

std::string_view without_start_stop(std::string_view text) {
    constexpr std::string_view letters = "ABCDabcd";
    const bool has_both = text.size() > 2 && letters.find(text.front()) != std::string_view::npos &&
                          letters.find(text.back()) != std::string_view::npos;
    return has_both ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::string_view name(Check check) {
    switch (check) {
        case Check::nothing:
            return "none";
        case Check::right:
            return "right";
        case Check::zero_left_out:
            return "zero_left_out";
        case Check::check_digit:
            return "check_digit";
        case Check::length:
            return "length";
        case Check::characters:
            return "characters";
        case Check::gs1:
            return "gs1";
    }
    return "none";
}

std::string tracking_digits(std::string_view written) {
    std::string digits;
    for (const char c : without_start_stop(written))
        if (c != '-') digits.push_back(c);
    if (digits.size() != 12 || !all_digits(digits)) return {};
    return digits;
}

Check check(const Identified& scan) {
    if (const auto reading = gs1_of(scan)) return gs1(*reading);
    switch (scan.symbology) {
        case Symbology::ean13:
            return ean13(scan);
        case Symbology::ean8:
            return gtin_of(scan.bytes, 8);
        case Symbology::upc_a:
            return upc_a(scan);
        case Symbology::itf:
            return itf(scan.bytes);
        case Symbology::codabar:
            return nw7(scan.bytes);
        case Symbology::code128:
        case Symbology::code39:
            return mail(scan.bytes);
        case Symbology::unknown:
        case Symbology::gs1_128:
        case Symbology::qr:
        case Symbology::data_matrix:
            return Check::nothing;
    }
    return Check::nothing;
}

}  // namespace kenpin::decode
