#include "server/ctl/wrong_command_line.hpp"

#include <doctest/doctest.h>

using namespace kenpin::ctl;

namespace {

std::string said(const std::string& language, const std::string& kind, const std::string& what) {
    WrongCommandLine wrong;
    wrong.kind = kind;
    wrong.what = what;
    wrong.command = "orders drop";
    return in_words(language, wrong);
}

}  // namespace

TEST_CASE("a wrong command line is answered in Japanese with where its help is") {
    CHECK(said("ja", "RequiredError", "--name is required") ==
          "--name がありません → 使い方は kenpinctl help orders drop");
    CHECK(said("ja", "RequiredError", "A subcommand is required")
              .starts_with("何をするか(コマンド)がありません"));
    CHECK(said("ja", "RequiresError", "shipment requires item").starts_with("shipment には item も要ります"));
    CHECK(said("ja", "ValidationError", "--minutes: Value 0 not in range 1 to 720")
              .starts_with("--minutes: 0 は範囲の外です(1 から 720)"));
    CHECK(said("ja", "ValidationError", "--lang: fr not in {ja,en}")
              .starts_with("--lang: fr ではなく ja,en のどれかです"));
    CHECK(said("ja", "ArgumentMismatch", "--server: 1 required TEXT missing")
              .starts_with("値がないか、数が違います: --server →"));
    CHECK(said("ja", "Another", "something else").starts_with("書き方が正しくありません: something else"));
}

TEST_CASE("a wrong command line is answered in English in the library's words") {
    CHECK(said("en", "RequiredError", "--name is required") ==
          "--name is required → kenpinctl help orders drop");
}

TEST_CASE("a word that no command takes is named before anything that is missing") {
    WrongCommandLine wrong;
    wrong.what = "A subcommand is required";
    wrong.not_known = "strat";
    CHECK(in_words("ja", wrong) == "知らない言葉があります: strat → 使い方は kenpinctl help");
    CHECK(in_words("en", wrong) == "nobody knows what this is: strat → kenpinctl help");
}
