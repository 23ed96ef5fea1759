#pragma once
// What the verbs say to the administrator, in Japanese and English.
#include <string>
#include <string_view>
#include <vector>

namespace kenpin::app {

enum class Language { ja, en };

/// "ja" or "en"; empty: as the environment's LC_ALL, LC_MESSAGES or LANG says, English when that is neither.
Language language_of(std::string_view chosen);

/// The sentence for `key`; the key itself when there is none (a reason that only the newest bridge knows).
std::string say(Language language, std::string_view key);
/// The same with each "%" replaced by the next of `parts`.
std::string say(Language language, std::string_view key, const std::vector<std::string>& parts);

/// Every key there is; for the test that each has both languages.
std::vector<std::string_view> all_words();

}  // namespace kenpin::app
