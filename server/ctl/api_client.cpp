#include "server/ctl/api_client.hpp"

#include <chrono>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"

namespace kenpin::ctl {
namespace {

using Json = nlohmann::json;

// Who reads it sits at a terminal: he knows the option, not the header of HTTP.
std::string unknown_key(const std::string& language) {
    return language == "en" ? "the server does not know this key → give one that holds (kenpinctl keys) with "
                              "--key or in KENPIN_ADMIN_KEY"
                            : "サーバーの知らないキーです → 有効なキー(kenpinctl keys)を --key か "
                              "KENPIN_ADMIN_KEY で渡してください";
}

// A problem as one sentence and what to do about it, in the user's language.
std::string in_words(const http::Answer& answer, const std::string& language) {
    const auto problem = Json::parse(answer.body, nullptr, false);
    if (!problem.is_object()) return "HTTP " + std::to_string(answer.status);
    auto text = problem.value(language, problem.value("title", "HTTP " + std::to_string(answer.status)));
    if (const auto remedy = problem.find("remedy"); remedy != problem.end() && remedy->is_object())
        text += " → " + remedy->value(language, "");
    for (const auto* list : {"reasons", "refused"})
        for (const auto& reason : problem.value(list, Json::array()))
            text += "\n  " + std::to_string(reason.value("line", 0)) + " " + reason.value("record", "") +
                    " " + reason.value("field", "") + ": " + reason.value(language, "") + " → " +
                    reason.value("remedy", Json::object()).value(language, "");
    return text;
}

Result<std::string> body_of(const Result<http::Answer>& answer, const std::string& language) {
    constexpr int unauthorised = 401;
    if (!answer) return answer.error();
    if (answer.value().status == unauthorised) return Error{Error::Kind::refused, unknown_key(language)};
    if (!http::is_success(answer.value()))
        return Error{Error::Kind::refused, in_words(answer.value(), language)};
    return answer.value().body;
}

http::Call call(const ServerAddress& server, const std::string& path) {
    return {.url = server.url + path,
            .credentials = http::Bearer{server.key},
            .answer_within = std::chrono::seconds{60}};
}

}  // namespace

Result<std::string> ask(const ServerAddress& server, const std::string& path, const std::string& language) {
    return body_of(http::get(call(server, path)), language);
}

Result<std::string> send(const ServerAddress& server, const std::string& path, const std::string& body,
                         const std::string& language) {
    auto post = call(server, path);
    post.content_type = "application/octet-stream";
    post.body = body;
    return body_of(http::post(post), language);
}

}  // namespace kenpin::ctl
