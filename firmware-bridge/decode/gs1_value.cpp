#include "firmware-bridge/decode/gs1_value.hpp"

#include <algorithm>
#include <array>

#include "core/domain/barcode.hpp"

namespace kenpin::decode {
namespace {

using Found = std::optional<ValueFault>;

constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view set_82 =
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view set_39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view set_64 = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz=";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_hex(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool is_in(CharSet set, char c) {
    switch (set) {
        case CharSet::digits:
            return is_digit(c);
        case CharSet::text:
            return set_82.find(c) != std::string_view::npos;
        case CharSet::part_number:
            return set_39.find(c) != std::string_view::npos;
        case CharSet::base64:
            return set_64.find(c) != std::string_view::npos;
    }
    return false;
}

/// At most ten digits.
std::uint64_t number(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
}

Found require(bool holds, Gs1Fault fault, std::size_t offset = 0) {
    if (holds) return std::nullopt;
    return ValueFault{fault, offset};
}

// Without its century, February has 29 days when the two digits can be a leap year: 00 counts as one (2000).
Found check_day(std::uint64_t year, std::string_view month_day, std::size_t offset, bool may_be_zero) {
    constexpr std::array<std::uint64_t, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const auto month = number(month_day.substr(0, 2));
    const auto day = number(month_day.substr(2));
    if (month < 1 || month > 12) return ValueFault{Gs1Fault::bad_month, offset};
    const bool is_leap = year % 4 == 0 && (year < 100 || year % 100 != 0 || year % 400 == 0);
    const auto most = days[month - 1] + (month == 2 && is_leap ? 1 : 0);
    return require(day <= most && (day > 0 || may_be_zero), Gs1Fault::bad_day, offset + 2);
}

Found check_time(std::string_view digits, std::uint64_t most, std::size_t offset = 0) {
    return require(number(digits) <= most, Gs1Fault::bad_time, offset);
}

Found check_hour_minute(std::string_view text) {
    if (const auto found = check_time(text.substr(0, 2), 23)) return found;
    return check_time(text.substr(2), 59, 2);
}

// Two check characters over set 82: weights are the primes from the right, mod 1021, written in base 32.
bool check_pair_is_right(std::string_view text) {
    constexpr std::array<unsigned, 23> primes{2,  3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37,
                                              41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83};
    constexpr std::string_view base_32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    if (text.size() < 3 || text.size() > primes.size() + 2) return false;
    const auto body = text.substr(0, text.size() - 2);
    unsigned sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i)
        sum += static_cast<unsigned>(set_82.find(body[body.size() - 1 - i])) * primes[i];
    sum %= 1021;
    return text[body.size()] == base_32[sum >> 5U] && text[body.size() + 1] == base_32[sum & 31U];
}

// ISO 13616: the first four characters moved to the end, letters as 10..35, mod 97 is 1.
bool iban_is_right(std::string_view text) {
    if (text.size() < 5) return false;
    unsigned rest = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[(i + 4) % text.size()];
        const auto letter = capitals.find(c);
        if (is_digit(c))
            rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
        else if (letter != std::string_view::npos)
            rest = (rest * 100 + static_cast<unsigned>(letter) + 10) % 97;
        else
            return false;
    }
    return rest == 1;
}

Found check_escapes(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') continue;
        if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2]))
            return ValueFault{Gs1Fault::bad_escape, i};
        i += 2;
    }
    return std::nullopt;
}

bool is_piece_of_total(std::string_view piece, std::string_view total) {
    return number(piece) >= 1 && number(piece) <= number(total);
}

bool is_position_of_total(std::string_view text) {
    return is_digit(text[0]) && text[1] == '/' && is_digit(text[2]) &&
           is_piece_of_total(text.substr(0, 1), text.substr(2));
}

bool begins_with_company_prefix(std::string_view text) {
    constexpr std::size_t shortest = 4;
    return text.size() >= shortest && std::all_of(text.begin(), text.begin() + shortest, is_digit);
}

bool is_one_of(std::string_view text, std::string_view characters) {
    return characters.find(text.front()) != std::string_view::npos;
}

bool all_zero(std::string_view text) {
    return text.find_first_not_of('0') == std::string_view::npos;
}

// `text` is not empty, as long as its part demands, and of its set.
Found check_rule(PartRule rule, std::string_view text) {
    switch (rule) {
        case PartRule::none:
            return std::nullopt;
        case PartRule::check_digit:
            return require(domain::gtin_check_digit(text.substr(0, text.size() - 1)) == text.back(),
                           Gs1Fault::check_digit, text.size() - 1);
        case PartRule::check_pair:
            return require(check_pair_is_right(text), Gs1Fault::check_digit,
                           text.size() - std::min<std::size_t>(2, text.size()));
        case PartRule::company_prefix:
            return require(begins_with_company_prefix(text), Gs1Fault::bad_value);
        case PartRule::date:
        case PartRule::date_or_month:
            return check_day(number(text.substr(0, 2)), text.substr(2), 2, rule == PartRule::date_or_month);
        case PartRule::long_date:
            return check_day(number(text.substr(0, 4)), text.substr(4), 4, false);
        case PartRule::hour:
            return check_time(text, 23);
        case PartRule::minute:
        case PartRule::second:
            return check_time(text, 59);
        case PartRule::hour_minute:
            return check_hour_minute(text);
        case PartRule::latitude:
            return require(number(text) <= 1'800'000'000, Gs1Fault::bad_value);
        case PartRule::longitude:
            return require(number(text) <= 3'600'000'000, Gs1Fault::bad_value);
        case PartRule::yes_no:
            return require(is_one_of(text, "01"), Gs1Fault::bad_value);
        case PartRule::hyphen:
            return require(is_one_of(text, "-"), Gs1Fault::bad_value);
        case PartRule::percent_encoded:
            return check_escapes(text);
        case PartRule::nonzero:
            return require(!all_zero(text), Gs1Fault::bad_value);
        case PartRule::zero:
            return require(all_zero(text), Gs1Fault::bad_value);
        case PartRule::winding:
            return require(is_one_of(text, "019"), Gs1Fault::bad_value);
        case PartRule::piece_of_total:
            return require(is_piece_of_total(text.substr(0, 2), text.substr(2)), Gs1Fault::bad_value);
        case PartRule::iban:
            return require(iban_is_right(text), Gs1Fault::check_digit);
        case PartRule::no_leading_zero:
            return require(text.size() == 1 || text.front() != '0', Gs1Fault::bad_value);
        case PartRule::has_non_digit:
            return require(!std::all_of(text.begin(), text.end(), is_digit), Gs1Fault::bad_value);
        case PartRule::sex:
            return require(is_one_of(text, "0129"), Gs1Fault::bad_value);
        case PartRule::position_of_total:
            return require(is_position_of_total(text), Gs1Fault::bad_value);
        case PartRule::importer_index:
            return require(set_64.find(text.front()) != std::string_view::npos && text.front() != '=',
                           Gs1Fault::bad_value);
        case PartRule::two_letters:
            return require(text.find_first_not_of(capitals) == std::string_view::npos, Gs1Fault::bad_value);
    }
    return std::nullopt;
}

Found check_characters(CharSet set, std::string_view text) {
    const auto wrong = std::find_if_not(text.begin(), text.end(), [&](char c) { return is_in(set, c); });
    if (wrong == text.end()) return std::nullopt;
    return ValueFault{set == CharSet::digits ? Gs1Fault::not_a_digit : Gs1Fault::bad_character,
                      static_cast<std::size_t>(wrong - text.begin())};
}

Found check_part(const Part& part, std::string_view text) {
    if (auto found = check_characters(part.set, text)) return found;
    if (text.size() < part.least) return ValueFault{Gs1Fault::too_short, text.size()};
    for (const auto rule : part.rules)
        if (auto found = check_rule(rule, text)) return found;
    return std::nullopt;
}

}  // namespace

std::string_view name(Gs1Fault fault) {
    switch (fault) {
        case Gs1Fault::empty:
            return "empty";
        case Gs1Fault::stray_separator:
            return "stray_separator";
        case Gs1Fault::unknown_ai:
            return "unknown_ai";
        case Gs1Fault::too_short:
            return "too_short";
        case Gs1Fault::too_long:
            return "too_long";
        case Gs1Fault::not_a_digit:
            return "not_a_digit";
        case Gs1Fault::bad_character:
            return "bad_character";
        case Gs1Fault::check_digit:
            return "check_digit";
        case Gs1Fault::bad_month:
            return "bad_month";
        case Gs1Fault::bad_day:
            return "bad_day";
        case Gs1Fault::bad_time:
            return "bad_time";
        case Gs1Fault::bad_value:
            return "bad_value";
        case Gs1Fault::differing_repeat:
            return "differing_repeat";
        case Gs1Fault::no_primary_key:
            return "no_primary_key";
        case Gs1Fault::bad_qualifier:
            return "bad_qualifier";
        case Gs1Fault::bad_escape:
            return "bad_escape";
    }
    return "";
}

std::optional<ValueFault> check_value(const AiRow& row, std::string_view value) {
    std::size_t at = 0;
    for (const auto& part : row.format()) {
        if (part.is_optional && at == value.size()) return std::nullopt;
        const auto text = value.substr(at, part.most);
        if (auto found = check_part(part, text)) return ValueFault{found->fault, at + found->offset};
        at += text.size();
    }
    return require(at == value.size(), Gs1Fault::too_long, at);
}

}  // namespace kenpin::decode
