#pragma once
// The interface strings of one language: assets/i18n/<language>.tsv, one "key<TAB>text" a line, text with {0}
// {1} … slots. "#" begins a comment line. What is data (names of goods, codes) never passes through here.
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kenpin::ui {

class Translations {
public:
    /// Reads one table. Error corrupt names the line: no tab, empty key or text, a key twice.
    static Result<Translations> parse(std::string_view table);
    static Result<Translations> load(const std::string& path);

    /// The text of `key` with its slots filled. An unknown key shows itself in < > and is remembered in
    /// missing().
    std::string operator()(std::string_view key, std::initializer_list<std::string> slots = {}) const;

    const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }
    const std::set<std::string>& missing() const { return missing_; }

private:
    std::map<std::string, std::string, std::less<>> texts_;
    mutable std::set<std::string> missing_;  // asked for and not there; a test requires it empty
};

/// How often {0}, {1} … each appear in `text`, as a sorted list of slot numbers.
std::multiset<int> slots_of(std::string_view text);
/// Every different character (code point) of `text`; malformed UTF-8 is skipped.
std::set<char32_t> characters_of(std::string_view text);

}  // namespace kenpin::ui
