#include "server/web/problem.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "places.hpp"

using namespace kenpin;
using namespace kenpin::web;

TEST_CASE("a no names the field, a key for programs, words in both languages and a remedy") {
    const auto answer = problem(422, "not_acceptable", {{.field = "lines[0].qty", .reason = "out_of_range"}});
    CHECK(answer.status == 422);
    CHECK(answer.content_type.starts_with("application/problem+json"));
    const auto body = nlohmann::json::parse(answer.body);
    CHECK(body["error"] == "not_acceptable");
    CHECK(body["status"] == 422);
    const auto& reason = body["reasons"][0];
    CHECK(reason["field"] == "lines[0].qty");
    CHECK(reason["reason"] == "out_of_range");
    CHECK_FALSE(reason["ja"].get<std::string>().empty());
    CHECK_FALSE(reason["remedy"]["en"].get<std::string>().empty());
}

TEST_CASE("every key of an error stands in docs/api/errors.md, with words and a remedy in both languages") {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/docs/api/errors.md");
    const std::string page(std::istreambuf_iterator<char>(file), {});
    for (const auto key : known_keys()) {
        INFO(key);
        CHECK(page.find("`" + std::string(key) + "`") != std::string::npos);
        const auto words = words_of(key);
        CHECK_FALSE(words.ja.empty());
        CHECK_FALSE(words.en.empty());
        CHECK_FALSE(words.remedy_ja.empty());
        CHECK_FALSE(words.remedy_en.empty());
    }
}

TEST_CASE("a failure of the world keeps its detail for the log") {
    const auto answer = failed(Error{Error::Kind::corrupt, "secret path"});
    CHECK(answer.status == 500);
    CHECK(answer.body.find("secret") == std::string::npos);
    CHECK(failed(Error{Error::Kind::busy, ""}).status == 503);
    CHECK(failed(Error{Error::Kind::not_found, ""}).status == 404);
}
