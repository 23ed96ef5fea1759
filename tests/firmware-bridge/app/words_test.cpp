#include "firmware-bridge/app/words.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

using namespace kenpin::app;

TEST_CASE("every word is there once, in both languages, and asks for the same parts in both") {
    std::set<std::string_view> seen;
    for (const auto key : all_words()) {
        INFO(key);
        CHECK(seen.insert(key).second);
        const auto ja = say(Language::ja, key), en = say(Language::en, key);
        CHECK_FALSE(ja.empty());
        CHECK_FALSE(en.empty());
        CHECK(std::count(ja.begin(), ja.end(), '%') == std::count(en.begin(), en.end(), '%'));
    }
}

TEST_CASE("what is the matter always comes with what to do about it") {
    for (const auto key : all_words()) {
        if (!key.starts_with("reason.")) continue;
        const auto fix = "fix." + std::string(key.substr(7));
        INFO(fix);
        CHECK(say(Language::en, fix) != fix);
    }
}

TEST_CASE("parts stand where the sentence wants them") {
    CHECK(say(Language::en, "letters", {"13"}) == "13 characters");
    CHECK(say(Language::en, "letters", {"100%"}) == "100% characters");
    CHECK(say(Language::ja, "a_reason_of_tomorrow") == "a_reason_of_tomorrow");
    CHECK(language_of("ja") == Language::ja);
    CHECK(language_of("en") == Language::en);
}
