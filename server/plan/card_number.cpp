#include "server/plan/card_number.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace kenpin::plan {
namespace {

constexpr std::ptrdiff_t fewest_digits = 14;
constexpr std::size_t digits_kept = 4;
constexpr std::size_t longest_announcement =
    24;  // bytes before the number in which another name for it stands
constexpr std::array<std::string_view, 12> other_numbers = {
    "注文番号", "受注番号", "伝票番号", "追跡番号", "お問い合わせ番号", "問合せ番号",
    "会員番号", "商品番号", "管理番号", "JAN",      "送り状番号",       "予約番号"};

// First digits and lengths as the card organisations give them out.
struct Maker {
    int from, to;  // of the first four digits
    std::size_t length;
};
constexpr std::array makers = {Maker{4000, 4999, 16}, Maker{4000, 4999, 19}, Maker{5100, 5599, 16},
                               Maker{2221, 2720, 16}, Maker{3400, 3499, 15}, Maker{3700, 3799, 15},
                               Maker{3528, 3589, 16}, Maker{3000, 3059, 14}, Maker{3600, 3699, 14},
                               Maker{3800, 3999, 14}, Maker{6011, 6011, 16}, Maker{6440, 6599, 16},
                               Maker{6200, 6299, 16}, Maker{6200, 6299, 19}};

struct Token {
    std::size_t at = 0, length = 0;
    std::optional<char> digit;
    bool is_gap = false;  // between groups: a blank or a hyphen
};

std::optional<char> wide_digit(std::string_view bytes) {
    if (bytes.size() >= 3 && bytes.starts_with("\xEF\xBC") && bytes[2] >= '\x90' && bytes[2] <= '\x99')
        return static_cast<char>('0' + (bytes[2] - '\x90'));
    return std::nullopt;
}
std::optional<char> wide_digit_cp932(std::string_view bytes) {
    if (bytes.size() >= 2 && bytes[0] == '\x82' && bytes[1] >= 'O' && bytes[1] <= 'X')
        return static_cast<char>('0' + (bytes[1] - 'O'));
    return std::nullopt;
}

Token token_at(std::string_view bytes, std::size_t at) {
    const auto rest = bytes.substr(at);
    if (rest[0] >= '0' && rest[0] <= '9') return {at, 1, rest[0], false};
    if (rest[0] == ' ' || rest[0] == '-') return {at, 1, std::nullopt, true};
    if (const auto digit = wide_digit(rest)) return {at, 3, digit, false};
    if (const auto digit = wide_digit_cp932(rest)) return {at, 2, digit, false};
    for (const std::string_view gap : {"　", "－", "‐", "ー", "−"})
        if (rest.starts_with(gap)) return {at, gap.size(), std::nullopt, true};
    return {at, 1, std::nullopt, false};
}

bool has_right_check_digit(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

bool is_of_a_maker(std::string_view digits) {
    if (std::ssize(digits) < fewest_digits) return false;
    int front = 0;
    for (const char digit : digits.substr(0, 4)) front = front * 10 + (digit - '0');
    return std::any_of(makers.begin(), makers.end(), [&](const Maker& maker) {
        return digits.size() == maker.length && front >= maker.from && front <= maker.to;
    });
}

bool are_a_cards_groups(const std::vector<std::size_t>& groups) {
    using Groups = std::vector<std::size_t>;
    return groups.size() == 1 || groups == Groups{4, 4, 4, 4} || groups == Groups{4, 6, 5} ||
           groups == Groups{4, 6, 4} || groups == Groups{4, 4, 4, 4, 3};
}

bool is_announced_as_another(std::string_view before) {
    before = before.substr(before.size() - std::min(before.size(), longest_announcement));
    return std::any_of(other_numbers.begin(), other_numbers.end(),
                       [&](auto name) { return before.find(name) != std::string_view::npos; });
}

struct Run {  // digits with single gaps between them
    std::string digits;
    std::vector<std::size_t> places, lengths, groups = {0};
    std::size_t end = 0;
};

Run run_at(std::string_view bytes, std::size_t at) {
    Run run;
    run.end = at;
    while (at < bytes.size()) {
        const auto token = token_at(bytes, at);
        if (token.digit) {
            run.digits += *token.digit;
            run.places.push_back(at);
            run.lengths.push_back(token.length);
            ++run.groups.back();
            run.end = at + token.length;
        } else if (token.is_gap && run.groups.back() > 0) {
            run.groups.push_back(0);
        } else {
            break;
        }
        at += token.length;
    }
    if (run.groups.back() == 0) run.groups.pop_back();
    return run;
}

// Most texts have too few digits for a card; a full-width one is told by its first byte.
bool has_too_few_digits(std::string_view bytes) {
    return std::count_if(bytes.begin(), bytes.end(), [](char c) {
               return (c >= '0' && c <= '9') || c == '\xEF' || c == '\x82';
           }) < fewest_digits;
}

std::vector<Run> card_numbers_in(std::string_view bytes) {
    std::vector<Run> found;
    if (has_too_few_digits(bytes)) return found;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto token = token_at(bytes, at);
        if (!token.digit) {
            at += token.length;
            continue;
        }
        auto run = run_at(bytes, at);
        const auto begin = at;
        at = run.end;
        if (is_of_a_maker(run.digits) && are_a_cards_groups(run.groups) &&
            has_right_check_digit(run.digits) && !is_announced_as_another(bytes.substr(0, begin)))
            found.push_back(std::move(run));
    }
    return found;
}

}  // namespace

bool holds_card_number(std::string_view text) {
    return !card_numbers_in(text).empty();
}

std::string without_card_numbers(std::string_view bytes) {
    std::string masked(bytes);
    for (const auto& run : card_numbers_in(bytes))
        for (std::size_t i = 0; i + digits_kept < run.places.size(); ++i)
            masked.replace(run.places[i], run.lengths[i], std::string(run.lengths[i], '*'));
    return masked;
}

}  // namespace kenpin::plan
