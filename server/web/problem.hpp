#pragma once
// What the API says when it says no: RFC 7807 problem+json with a key for programs, words for people in both
// languages, and what to do about it (docs/api/errors.md lists the keys).
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "server/web/http.hpp"

namespace kenpin::web {

/// Why one field or record is not acceptable.
struct Reason {
    std::string field{};   // "lines[0].qty", a column name; empty: the whole
    std::string reason{};  // key, e.g. "out_of_range"
    std::string record{};  // which record of a file: its own number; empty: there is only one
    int line = 0;          // line of the file, 1 ..; 0: none
};

struct Words {
    std::string_view key{}, ja{}, en{}, remedy_ja{}, remedy_en{};
};

/// Words for a key; for one that is not in the table, the key itself.
Words words_of(std::string_view key);
/// All keys that have words.
std::vector<std::string_view> known_keys();

/// {"type","title","status","error",…}. `reasons` may be empty.
Answer problem(int status, std::string_view key, const std::vector<Reason>& reasons = {});
/// The same with the order it is about.
Answer problem_about_order(int status, std::string_view key, const std::string& order);
Answer unauthorised();                                // 401 and how to prove oneself
Answer too_many_requests(std::chrono::seconds wait);  // 429 with Retry-After
/// How a failure of the world looks from outside: busy -> 503, not_found -> 404, refused -> 422, others ->
/// 500. Its detail stays in the log.
Answer failed(const Error& error);

}  // namespace kenpin::web
