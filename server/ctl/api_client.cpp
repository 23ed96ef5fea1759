#include "server/ctl/api_client.hpp"

#include <chrono>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/json_text.hpp"
#include "server/ctl/words.hpp"

namespace kenpin::ctl {
namespace {

// Who reads it sits at a terminal: he knows the option, not the header of HTTP.
std::string unknown_key(const std::string& language) {
    return language == "en" ? "the server does not know this key → give one that holds (kenpinctl keys) with "
                              "--key or in KENPIN_ADMIN_KEY"
                            : "サーバーの知らないキーです → 有効なキー(kenpinctl keys)を --key か "
                              "KENPIN_ADMIN_KEY で渡してください";
}

// A remedy of ours counts before the server's, which speaks to programs.
std::string remedy_of(const Json& about, const std::string& key, const std::string& language) {
    if (const auto ours = word_of(language, WordOf::problem_remedy, key); !ours.empty())
        return std::string(ours);
    const auto remedy = about.find("remedy");
    return remedy != about.end() && remedy->is_object() ? text_of(*remedy, language) : std::string{};
}

std::string with_remedy(const std::string& text, const std::string& remedy) {
    return remedy.empty() ? text : text + " → " + remedy;
}

// Which line of a file, which record of it, which field: what there is of them.
std::string place_of(const Json& reason, const std::string& language) {
    std::string place;
    if (const auto line = reason.value("line", 0); line > 0)
        place = language == "en" ? "line " + std::to_string(line) : std::to_string(line) + "行目";
    for (const auto& more : {text_of(reason, "record"), field_in_words(language, text_of(reason, "field"))})
        if (!more.empty()) place += (place.empty() ? "" : " ") + more;
    return place;
}

std::string rows_in_words(const Json& reasons, const std::string& key, const std::string& language) {
    constexpr std::size_t most_lines = 20;
    std::string text;
    for (std::size_t i = 0; i < reasons.size() && i < most_lines; ++i) {
        const auto place = place_of(reasons[i], language);
        const auto reason = text_of(reasons[i], "reason");
        if (place.empty() && reason == key) continue;  // of the whole: it was said already
        text += "  " + (place.empty() ? "" : place + ": ") +
                with_remedy(text_of(reasons[i], language), remedy_of(reasons[i], "", language)) + "\n";
    }
    if (reasons.size() <= most_lines) return text;
    const auto more = std::to_string(reasons.size() - most_lines);
    return text + (language == "en" ? "  and " + more + " more\n" : "  ほか " + more + "件\n");
}

// What the network says of it stands behind, for whoever is asked for help.
Error not_reached(const Error& error, const std::string& language) {
    if (error.kind == Error::Kind::refused)
        return {error.kind,
                language == "en"
                    ? "--server is not a URL → like http://127.0.0.1:8470"
                    : "--server が URL ではありません → http://127.0.0.1:8470 のように書いてください"};
    return {error.kind, language == "en"
                            ? "the server cannot be reached → see that it runs and that --server "
                              "names it (" +
                                  error.detail + ")"
                            : "サーバーに届きません → 動いているか、--server が正しいか確かめてください (" +
                                  error.detail + ")"};
}

Result<Reply> reply_of(const Result<http::Answer>& answer, const std::string& language) {
    constexpr int unauthorised = 401;
    if (!answer) return not_reached(answer.error(), language);
    if (answer.value().status == unauthorised) return Error{Error::Kind::refused, unknown_key(language)};
    return Reply{answer.value().status, answer.value().body};
}

Result<std::string> body_of(const Result<Reply>& reply, const std::string& language) {
    if (!reply) return reply.error();
    if (is_yes(reply.value())) return reply.value().body;
    const auto kind =
        problem_key(reply.value()) == "not_found" ? Error::Kind::not_found : Error::Kind::refused;
    return Error{kind, problem_in_words(reply.value(), language)};
}

http::Call call(const ServerAddress& server, const std::string& path) {
    return {.url = server.url + path,
            .credentials = http::Bearer{server.key},
            .answer_within = std::chrono::seconds{60}};
}

}  // namespace

std::string refusals_in_words(const Reply& reply, const std::string& language) {
    const auto answer = Json::parse(reply.body, nullptr, false);
    return answer.is_object() ? rows_in_words(answer.value("refused", Json::array()), "", language)
                              : std::string{};
}

bool is_yes(const Reply& reply) {
    return reply.status >= 200 && reply.status < 300;
}

std::string problem_key(const Reply& reply) {
    const auto problem = Json::parse(reply.body, nullptr, false);
    return problem.is_object() ? text_of(problem, "error") : std::string{};
}

std::string problem_in_words(const Reply& reply, const std::string& language) {
    const auto problem = Json::parse(reply.body, nullptr, false);
    if (!problem.is_object()) return "HTTP " + std::to_string(reply.status);
    const auto key = text_of(problem, "error"), said = text_of(problem, language);
    auto text = with_remedy(said.empty() ? "HTTP " + std::to_string(reply.status) : said,
                            remedy_of(problem, key, language));
    text += "\n";
    for (const auto* list : {"reasons", "refused"})
        text += rows_in_words(problem.value(list, Json::array()), key, language);
    text.pop_back();
    return text;
}

Result<Reply> look(const ServerAddress& server, const std::string& path, const std::string& language) {
    return reply_of(http::get(call(server, path)), language);
}

Result<Reply> tell(const ServerAddress& server, const std::string& path, const std::string& body,
                   const std::string& language) {
    auto post = call(server, path);
    post.content_type = "application/octet-stream";
    post.body = body;
    return reply_of(http::post(post), language);
}

Result<std::string> ask(const ServerAddress& server, const std::string& path, const std::string& language) {
    return body_of(look(server, path, language), language);
}

Result<std::string> send(const ServerAddress& server, const std::string& path, const std::string& body,
                         const std::string& language) {
    return body_of(tell(server, path, body, language), language);
}

}  // namespace kenpin::ctl
