#pragma once
// What a person reads for a key of the server's answers. The key stands behind it, for it is what one
// searches by
// (`--state open`). The words of what came in are those of the page (assets/web/orders_words.js; a test
// compares them).
#include <span>
#include <string>
#include <string_view>

namespace kenpin::ctl {

enum class WordOf { outcome, state, done, hold, wait, ship_day, work, carrier };

struct Word {
    WordOf of;
    std::string_view key, ja, en;
};
std::span<const Word> all_words();

/// "保留 (hold)". A key without a word shows itself, so that nothing is silently empty.
std::string in_words(const std::string& language, WordOf of, const std::string& key);
/// The flag's name of assets/handling/flags.tsv as the server serves it; `tsv` empty: the flag alone.
std::string flag_in_words(const std::string& language, std::string_view tsv, const std::string& flag);

}  // namespace kenpin::ctl
