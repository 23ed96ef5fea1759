#include "server/ctl/api_client.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "server/web/problem.hpp"

using namespace kenpin;
using namespace kenpin::ctl;

namespace {

Reply reply_of(const web::Answer& answer) {
    return {answer.status, answer.body};
}

}  // namespace

TEST_CASE("what is wrong with one field is said in words, with where it stands") {
    const auto said = reply_of(
        web::problem(422, "not_acceptable",
                     {{.field = "lines[0].qty", .reason = "out_of_range", .record = "H1003", .line = 4}}));
    CHECK(problem_in_words(said, "ja") ==
          "受け付けられない項目があります → 下の項目を直して、もう一度実行してください\n"
          "  4行目 H1003 明細1の数量 (lines[0].qty): 値が範囲の外です → 仕様の範囲に合わせてください");
    CHECK(problem_in_words(said, "en").find("line 4 H1003 line 1, quantity (lines[0].qty): ") !=
          std::string::npos);
    CHECK(problem_key(said) == "not_acceptable");
}

TEST_CASE("a file that is refused whole is answered in one line, not in a second one that is blank") {
    const auto said = reply_of(web::problem(422, "not_this_format", {{.reason = "not_this_format"}}));
    CHECK(problem_in_words(said, "ja").find('\n') == std::string::npos);
    CHECK(problem_in_words(said, "ja").starts_with("この取込の形式のファイルではありません → "));
}

TEST_CASE("of very many rows that are refused the first twenty are listed and the rest counted") {
    const std::vector<web::Reason> many(25, {.field = "sku", .reason = "missing", .line = 2});
    const auto said = problem_in_words(reply_of(web::problem(422, "nothing_taken", many)), "ja");
    CHECK(std::count(said.begin(), said.end(), '\n') == 21);
    CHECK(said.ends_with("\n  ほか 5件"));
}

TEST_CASE("whoever sits at a terminal is not sent to a URL or to the fields of a request") {
    for (const auto* key : {"not_found", "not_acceptable", "nothing_taken", "shop_needed", "not_json"})
        for (const auto* language : {"ja", "en"}) {
            const auto said = problem_in_words(reply_of(web::problem(422, key)), language);
            INFO(said);
            for (const auto* of_programs : {"URL", "reasons の", "in reasons", "?shop", "JSON を送"})
                CHECK(said.find(of_programs) == std::string::npos);
        }
}

TEST_CASE("an answer that nobody understands shows its status") {
    CHECK(problem_in_words({502, "<html>"}, "ja") == "HTTP 502");
    CHECK(problem_in_words({502, "{}"}, "en") == "HTTP 502");
    CHECK(problem_key({502, "<html>"}) == "");
}
