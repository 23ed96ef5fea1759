#include "server/plan/consolidation_key.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "server/plan/address_check.hpp"
#include "server/plan/table.hpp"

namespace kenpin::plan {
namespace {

constexpr std::array<std::string_view, 10> dashes = {"#", "‐", "‑", "‒", "–", "—", "―", "−", "─", "~"};
// Between numbers these count as a dash too.
constexpr std::array<std::string_view, 6> dashes_of_numbers = {"ー", "の", "ノ", "之", " ", "・"};
// Behind a number these end it.
constexpr std::array<std::string_view, 9> ends_of_number = {"丁目", "番地の", "番地", "番", "号室",
                                                            "号",   "丁",     "室",   "ー"};
constexpr std::array<std::string_view, 5> after_kanji_number = {"丁目", "番地", "条", "番", "号"};
constexpr std::array<std::string_view, 9> kanji_digits = {"一", "二", "三", "四", "五",
                                                          "六", "七", "八", "九"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> same_sounds = {{{"ヶ", "ケ"},
                                                                                       {"が", "ケ"},
                                                                                       {"ガ", "ケ"},
                                                                                       {"ヵ", "カ"},
                                                                                       {"ッ", "ツ"},
                                                                                       {"ノ", "の"},
                                                                                       {"之", "の"},
                                                                                       {"大字", ""}}};
constexpr std::array<std::string_view, 5> titles = {"様", "御中", "さま", "殿", "さん"};
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

template <std::size_t n>
std::size_t one_of_at(const std::array<std::string_view, n>& words, std::string_view text, std::size_t at) {
    std::size_t longest = 0;
    for (const auto word : words)
        if (text.substr(at).starts_with(word)) longest = std::max(longest, word.size());
    return longest;
}

std::size_t character_at(std::string_view text, std::size_t at) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    return next - at;
}

// Selects the shape of the character before it; says nothing of who is meant.
bool is_variation_selector(std::string_view c) {
    return c.starts_with("\xEF\xB8") || c.starts_with("\xF3\xA0\x84") || c.starts_with("\xF3\xA0\x85") ||
           c.starts_with("\xF3\xA0\x86") || c.starts_with("\xF3\xA0\x87");
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

std::string common_forms(const std::string& text, const Matching& matching) {
    const auto normal = lower(matching.nfkc(text));
    std::string common;
    for (std::size_t at = 0; at < normal.size();) {
        const auto c = std::string_view(normal).substr(at, character_at(normal, at));
        at += c.size();
        if (is_variation_selector(c)) continue;
        const auto form = matching.forms.find(c);
        common += form == matching.forms.end() ? c : std::string_view(form->second);
    }
    return common;
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string without_spaces(std::string_view text) {
    std::string tight;
    std::copy_if(text.begin(), text.end(), std::back_inserter(tight), [](char c) { return !is_space(c); });
    return tight;
}

// 十二 -> 12, 二十 -> 20, 三 -> 3; the length read, 0 when there is none or it is no number of a 丁目.
std::size_t kanji_number_at(std::string_view text, std::size_t from, int& number) {
    std::size_t at = from;
    const auto digit = [&]() {
        for (std::size_t i = 0; i < kanji_digits.size(); ++i)
            if (text.substr(at).starts_with(kanji_digits[i])) return static_cast<int>(i) + 1;
        return 0;
    };
    const int first = digit();
    if (first > 0) at += kanji_digits[0].size();
    number = first;
    if (text.substr(at).starts_with("十")) {
        at += std::string_view("十").size();
        const int units = digit();
        if (units > 0) at += kanji_digits[0].size();
        number = std::max(first, 1) * 10 + units;
    }
    return at - from;
}

struct Rewritten {
    std::string text;
    std::size_t read = 0;  // of the source; 0: nothing to rewrite here
};

Rewritten number_in_kanji(std::string_view text, std::size_t at) {
    int number = 0;
    const auto length = kanji_number_at(text, at, number);
    if (length == 0 || one_of_at(after_kanji_number, text, at + length) == 0) return {};
    return {std::to_string(number), length};
}

Rewritten dash(std::string_view text, std::size_t at, const std::string& before) {
    if (const auto length = one_of_at(dashes, text, at); length > 0) return {"-", length};
    if (before.empty() || !is_digit(before.back())) return {};
    if (const auto length = one_of_at(ends_of_number, text, at); length > 0) return {"-", length};
    const auto length = one_of_at(dashes_of_numbers, text, at);
    const bool is_between = length > 0 && at + length < text.size() && is_digit(text[at + length]);
    return is_between ? Rewritten{"-", length} : Rewritten{};
}

Rewritten sound(std::string_view text, std::size_t at) {
    for (const auto& [written, common] : same_sounds)
        if (text.substr(at).starts_with(written)) return {std::string(common), written.size()};
    return {};
}

// A hyphen says something only between numbers.
std::string with_hyphens_between_numbers(const std::string& text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_kept = text[at] != '-' || (!kept.empty() && is_digit(kept.back()) &&
                                                 at + 1 < text.size() && is_digit(text[at + 1]));
        if (is_kept) kept += text[at];
    }
    return kept;
}

std::string one_pass(const std::string& text) {
    std::string next;
    for (std::size_t at = 0; at < text.size();) {
        auto rewritten = number_in_kanji(text, at);
        if (rewritten.read == 0) rewritten = dash(text, at, next);
        if (rewritten.read == 0) rewritten = sound(text, at);
        if (rewritten.read == 0) rewritten = {std::string(1, text[at]), 1};
        next += rewritten.text;
        at += rewritten.read;
    }
    return with_hyphens_between_numbers(without_spaces(next));
}

std::string without_prefecture(std::string text) {
    for (auto length = one_of_at(prefecture_names, text, 0); length > 0;
         length = one_of_at(prefecture_names, text, 0))
        text.erase(0, length);
    return text;
}

// Each pass only shortens or makes a form common, so it comes to rest.
template <class Pass>
std::string until_at_rest(std::string text, Pass pass) {
    while (true) {
        auto next = pass(text);
        if (next == text) return text;
        text = std::move(next);
    }
}

std::string without_titles(std::string name) {
    for (const auto title : titles)
        if (name.size() > title.size() && name.ends_with(title)) name.erase(name.size() - title.size());
    return name;
}

}  // namespace

Result<KanjiForms> read_kanji_forms(std::string_view tsv) {
    KanjiForms forms;
    const auto records = split_records(tsv, '\t');
    for (std::size_t i = 1; i < records.size(); ++i) {  // the first names the columns
        if (records[i].bytes.starts_with('#')) continue;
        const auto cells = split_fields(records[i].bytes, '\t');
        if (cells.size() != 2 || cells[0].empty())
            return Error{Error::Kind::corrupt, "record " + std::to_string(i) + ": 2 columns wanted"};
        forms.emplace(cells[0], cells[1]);
    }
    return forms;
}

std::string matching_name(const std::string& name, const Matching& matching) {
    return until_at_rest(name, [&](const std::string& text) {
        return without_titles(without_spaces(common_forms(text, matching)));
    });
}

std::string matching_address(const std::string& address, const Matching& matching) {
    return until_at_rest(address, [&](const std::string& text) {
        return without_prefecture(one_pass(common_forms(text, matching)));
    });
}

std::string matching_phone(const std::string& phone, const Matching& matching) {
    const auto normal = matching.nfkc(phone);
    std::string digits;
    std::copy_if(normal.begin(), normal.end(), std::back_inserter(digits), is_digit);
    if (digits.size() >= 11 && digits.starts_with("81")) digits.erase(0, 2);
    if (!digits.empty() && digits.front() != '0') digits.insert(digits.begin(), '0');
    return digits;
}

AddresseeHashes hashes_of(const Addressee& who, const Matching& matching, const KeyedHash& hash) {
    const auto address =
        who.prefecture.reveal() + who.city.reveal() + who.street.reveal() + " " + who.building.reveal();
    const auto phone = matching_phone(who.phone.reveal(), matching);
    return {hash("name:" + matching_name(who.name.reveal(), matching)),
            hash("address:" + matching_address(address, matching)),
            phone.empty() ? std::string{} : hash("phone:" + phone)};
}

}  // namespace kenpin::plan
