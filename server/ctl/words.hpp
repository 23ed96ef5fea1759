#pragma once
// What a person reads for a key of the server's answers. The key stands behind it, for it is what one
// searches by (`--state open`). The words of what came in are those of the page (assets/web/orders_words.js;
// a test compares them).
#include <span>
#include <string>
#include <string_view>

namespace kenpin::ctl {

enum class WordOf {
    outcome,
    state,
    done,
    reason,  // why somebody sets a record aside or releases a hold
    hold,
    wait,
    wait_remedy,
    ship_day,
    work,
    carrier,
    role,           // of a station
    list,           // how far a picking list is
    differs,        // why two orders of one person may not go together
    table,          // what is imported
    field,          // of an order, and columns of the masters
    problem_remedy  // where the server speaks to programs: what whoever sits at a terminal does
};

struct Word {
    WordOf of;
    std::string_view key, ja, en;
};
std::span<const Word> all_words();

/// "保留 (hold)". A key without a word shows itself, so that nothing is silently empty.
std::string in_words(const std::string& language, WordOf of, const std::string& key);
/// The word alone; empty: there is none.
std::string_view word_of(const std::string& language, WordOf of, std::string_view key);
/// Of "lines[2].qty": "明細3の数量 (lines[2].qty)". A field without a word shows itself.
std::string field_in_words(const std::string& language, const std::string& field);
/// The flag's name of assets/handling/flags.tsv as the server serves it; `tsv` empty: the flag alone.
std::string flag_in_words(const std::string& language, std::string_view tsv, const std::string& flag);

}  // namespace kenpin::ctl
