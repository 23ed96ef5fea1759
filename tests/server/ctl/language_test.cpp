#include "server/ctl/language.hpp"

#include <map>

#include <doctest/doctest.h>

using namespace kenpin::ctl;

namespace {

Environment with(const std::map<std::string, std::string>& variables) {
    return [variables](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string{} : found->second;
    };
}

}  // namespace

TEST_CASE("kenpinctl speaks Japanese unless somebody or his terminal wants English") {
    CHECK(language_of({"start"}, with({})) == "ja");
    CHECK(language_of({"start"}, with({{"LANG", "C.UTF-8"}})) == "ja");
    CHECK(language_of({"start"}, with({{"LANG", "ja_JP.UTF-8"}})) == "ja");
    CHECK(language_of({"start"}, with({{"LANG", "en_US.UTF-8"}})) == "en");
    CHECK(language_of({"start"}, with({{"LANG", "en_US.UTF-8"}, {"LC_ALL", "ja_JP.UTF-8"}})) == "ja");
}

TEST_CASE("the language that is asked for counts before the terminal's, wherever it stands") {
    CHECK(language_of({"--lang", "en", "start"}, with({{"LANG", "ja_JP.UTF-8"}})) == "en");
    CHECK(language_of({"start", "--lang=ja"}, with({{"LANG", "en_US.UTF-8"}})) == "ja");
    CHECK(language_of({"start", "--lang"}, with({})) == "ja");
    CHECK(language_of({"--lang", "fr"}, with({})) == "ja");
}
