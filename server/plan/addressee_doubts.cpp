#include "server/plan/addressee_doubts.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "server/plan/address_check.hpp"

namespace kenpin::plan {
namespace {

using Text = std::string_view;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool has_any(Text text, std::initializer_list<Text> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](Text part) { return text.find(part) != Text::npos; });
}

std::string lower(Text text) {
    std::string all(text);
    std::transform(all.begin(), all.end(), all.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return all;
}

bool is_error_of_spreadsheet(Text text) {
    return text.starts_with('#') && text.size() > 2 && has_any(text.substr(text.size() - 1), {"!", "?", "A"});
}

// What programs and spreadsheets write where nothing is, and people who copy the row above.
bool is_placeholder(Text text) {
    constexpr std::array<Text, 19> words = {"null",   "nil",  "none", "nan",  "undefined", "n/a",  "true",
                                            "false",  "同上", "〃",   "なし", "無し",      "不明", "未定",
                                            "未入力", "様",   "御中", "殿",   "test"};
    const auto small = lower(text);
    if (std::find(words.begin(), words.end(), small) != words.end()) return true;
    return is_error_of_spreadsheet(text);
}

// Words of a name that is joined of several columns: "#REF! 花子".
std::vector<Text> words_of(Text text) {
    std::vector<Text> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

// Nan and True are names of people.
bool is_placeholder_in_name(Text word) {
    const auto small = lower(word);
    return is_error_of_spreadsheet(word) || small == "null" || small == "undefined" || small == "n/a";
}

// A character set that has no such letter writes ? or a geta mark; one alone may be meant.
bool has_lost_letters(Text text) {
    return has_any(text, {"??", "〓", "\xEF\xBF\xBD"});
}

bool has_letter(Text text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80U || std::isalpha(byte) != 0;
    });
}

// "ー" and "―" alone are no letters, though they are no ASCII.
bool is_dashes(Text text) {
    while (!text.empty()) {
        constexpr std::array<Text, 9> dashes = {"-", "_", "ー", "―", "−", "‐", "・", "*", " "};
        const auto found =
            std::find_if(dashes.begin(), dashes.end(), [&](Text dash) { return text.starts_with(dash); });
        if (found == dashes.end()) return false;
        text.remove_prefix(found->size());
    }
    return true;
}

// "2-3" at the end, a 丁目 or 番地 that ends it or goes before a number: a block and a house.
// "24-7フィットネス" and 「銀座三丁目院」 are firms.
bool ends_as_address(Text text) {
    for (const Text part : {"丁目", "番地"})
        for (auto at = text.find(part); at != Text::npos; at = text.find(part, at + 1)) {
            const auto behind = text.substr(at + part.size());
            if (behind.empty() || is_digit(behind.front())) return true;
        }
    auto rest = text;
    const auto drop_digits = [&rest] {
        const auto before = rest.size();
        while (!rest.empty() && is_digit(rest.back())) rest.remove_suffix(1);
        return rest.size() < before;
    };
    if (!drop_digits()) return false;
    for (const Text hyphen : {"-", "ー", "−", "‐"})
        if (rest.ends_with(hyphen)) {
            rest.remove_suffix(hyphen.size());
            return drop_digits();
        }
    return false;
}

// 1-2 becomes a day in a spreadsheet, 120000 a power of ten.
bool is_of_spreadsheet(Text text) {
    std::size_t digits = 0, others = 0;
    for (const char c : text) (is_digit(c) ? digits : others) += 1;
    if (digits == 0) return false;
    const auto slashes = std::count(text.begin(), text.end(), '/');
    const bool is_date = slashes == 2 && others == 2 && digits >= 6;
    const Text month = "月", day = "日";
    const bool is_day =
        text.ends_with(day) && text.find(month) != Text::npos && others == month.size() + day.size();
    const bool is_power = text.find("E+") != Text::npos && others <= 3;
    return is_date || is_day || is_power;
}

bool is_no_name(Text name) {
    const auto words = words_of(name);
    return is_placeholder(name) || has_lost_letters(name) || !has_letter(name) || is_dashes(name) ||
           std::any_of(words.begin(), words.end(),
                       [](Text word) { return is_placeholder_in_name(word) || ends_as_address(word); });
}

bool is_no_street(Text street) {
    return is_placeholder(street) || has_lost_letters(street) || is_dashes(street) ||
           is_of_spreadsheet(street);
}

bool names_place(Text text) {
    return has_any(text, {"市", "区", "町", "村"});
}

// Every Japanese address names a city, ward, town or village somewhere; in Latin letters it may be
// Chiyoda-ku.
bool names_no_place(Text city, Text street) {
    const auto is_ascii = [](Text text) {
        return std::all_of(text.begin(), text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
    };
    const bool is_latin = is_ascii(city) && is_ascii(street) && has_letter(city);
    return !is_latin && !names_place(city) && !names_place(street);
}

bool names_other_prefecture(Text street, Text prefecture) {
    return std::any_of(prefecture_names.begin(), prefecture_names.end(),
                       [&](Text name) { return name != prefecture && street.starts_with(name); });
}

}  // namespace

std::vector<std::string> addressee_doubts(const Addressee& who,
                                          const std::function<std::string(const std::string&)>& nfkc) {
    std::vector<std::string> codes;
    const auto name = nfkc(who.name.reveal()), street = nfkc(who.street.reveal()),
               city = nfkc(who.city.reveal());
    const auto& prefecture = who.prefecture.reveal();
    const bool is_swapped = !city.empty() && !names_place(city) && has_letter(street) &&
                            names_place(street) && std::none_of(street.begin(), street.end(), is_digit);
    const bool is_no_city =
        !city.empty() && (is_placeholder(city) || has_lost_letters(city) || is_dashes(city) || is_swapped);
    if (!name.empty() && is_no_name(name)) codes.emplace_back("E-NAME");
    if (is_no_city || is_no_street(street) || (!prefecture.empty() && names_no_place(city, street)))
        codes.emplace_back("E-ADDRESS");
    if (names_other_prefecture(street, prefecture) || names_other_prefecture(city, prefecture))
        codes.emplace_back("W-ADDR-MISMATCH");
    return codes;
}

}  // namespace kenpin::plan
