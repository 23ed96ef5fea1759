#include <cstdio>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/json_text.hpp"
#include "server/ctl/say.hpp"
#include "server/ctl/why_not.hpp"
#include "server/ctl/words.hpp"

namespace kenpin::ctl {
namespace {

Json parsed(const std::string& text) {
    return Json::parse(text, nullptr, false);
}

std::string words_of(const Context& context, const Json& object) {
    return text_of(object, context.language == "en" ? "en" : "ja");
}

void print_list(const Context& context, const Json& list) {
    const auto device = text_of(list, "leased_to"), until = text_of(list, "leased_until");
    const auto picked = std::to_string(list.value("picked", 0)),
               wanted = std::to_string(list.value("wanted", 0));
    auto row = text_of(list, "list") + "  " +
               in_words(context.language, WordOf::list, text_of(list, "state")) + "  ";
    row += context.language == "en" ? picked + " of " + wanted + " pieces"
                                    : wanted + "点のうち " + picked + "点";
    if (!device.empty())
        row += context.language == "en" ? "  with " + device + " until " + until
                                        : "  端末 " + device + "(" + until + " まで)";
    std::printf("%s\n", row.c_str());
}

void print_exception(const Context& context, const Json& exception) {
    auto about = text_of(exception, "list") + " " + text_of(exception, "shipment");
    for (const auto& order : exception.value("orders", Json::array()))
        if (order.is_string()) about += " " + order.get<std::string>();
    if (const auto sku = text_of(exception, "sku"); !sku.empty()) about += " " + sku;
    std::printf("%-6lld %s  %-6s %-6s %-18s %s  %s", exception.value("exception", 0LL),
                text_of(exception, "kept_at").c_str(), text_of(exception, "device").c_str(),
                text_of(exception, "worker").c_str(), text_of(exception, "what").c_str(), about.c_str(),
                words_of(context, exception).c_str());
    const auto done = exception.value("done", Json());
    if (done.is_object())
        std::printf("  (%s %s %s)", context.language == "en" ? "done by" : "済み",
                    text_of(done, "worker").empty() ? text_of(done, "device").c_str()
                                                    : text_of(done, "worker").c_str(),
                    text_of(done, "at").c_str());
    std::printf("\n");
    const auto remedy = words_of(context, exception.value("remedy", Json::object()));
    if (!remedy.empty()) std::printf("       -> %s\n", remedy.c_str());
}

// What was dropped before it was taken has no shipment: the order is named.
void print_answer(const Context& context, const std::string& order, const Json& answer) {
    const auto shipment = text_of(answer, "shipment");
    std::printf("%s  %s\n", shipment.empty() ? order.c_str() : shipment.c_str(),
                words_of(context, answer).c_str());
}

/// Orders are named SHOP:NUMBER.
std::string cancel_path(const std::string& what) {
    const bool is_order = what.find(':') != std::string::npos;
    return (is_order ? "/api/v1/orders/" : "/api/v1/shipments/") + http::percent_encoded(what) + "/cancel";
}

}  // namespace

int show_lists(const Context& context) {
    const auto answer = ask(context.server, "/api/v1/lists", context.language);
    if (!answer) return complain(answer.error());
    const auto lists = parsed(answer.value()).value("lists", Json::array());
    for (const auto& list : lists) print_list(context, list);
    if (lists.empty())
        say(context, {"リストはありません。kenpinctl start で作ります",
                      "there are no lists: kenpinctl start makes them"});
    return 0;
}

int revoke_list(const Context& context, const std::string& list) {
    const auto path = "/api/v1/lists/" + http::percent_encoded(list) + "/revoke";
    const auto answer = send(context.server, path, "", context.language);
    if (!answer)
        return complain(context, answer.error(),
                        {"リスト " + list + " はないか、もう終わっています → kenpinctl lists",
                         "there is no list " + list + ", or it is finished → kenpinctl lists"});
    say(context, {"リスト " + list + " を戻しました。これから読まれたものは例外として残ります",
                  "list " + list + " was taken back; what is scanned for it now is kept as an exception"});
    return 0;
}

int show_exceptions(const Context& context) {
    const auto answer = ask(context.server, "/api/v1/exceptions?limit=1000", context.language);
    if (!answer) return complain(answer.error());
    const auto exceptions = parsed(answer.value()).value("exceptions", Json::array());
    for (const auto& exception : exceptions) print_exception(context, exception);
    if (exceptions.empty()) say(context, {"例外はありません", "no exceptions"});
    return 0;
}

int settle_exception(const Context& context, const std::string& number, const std::string& note) {
    const auto path = "/api/v1/exceptions/" + http::percent_encoded(number) + "/settle";
    const auto answer = send(context.server, path, Json{{"note", note}}.dump(), context.language);
    if (!answer)
        return complain(
            context, answer.error(),
            {"例外 " + number + " はありません → 番号は kenpinctl exceptions の行の先頭にあります",
             "there is no exception " + number +
                 " → its number stands first in each row of kenpinctl exceptions"});
    say(context, {"例外 " + number + " を処理済みにしました", "exception " + number + " is settled"});
    return 0;
}

namespace {

// A number without its shop may be an order's: then it is proposed with its shop, never cancelled as such.
int say_nothing_to_cancel(const Context& context, const std::string& what) {
    const auto number = what.substr(what.find(':') == std::string::npos ? 0 : what.find(':') + 1);
    const auto page = ask(context.server, "/api/v1/intake?limit=1000&number=" + http::percent_encoded(number),
                          context.language);
    return complain(context, nothing_to_cancel(what, page ? page.value() : std::string{}));
}

}  // namespace

int cancel(const Context& context, const std::string& what) {
    const auto reply = tell(context.server, cancel_path(what), "", context.language);
    if (!reply) return complain(reply.error());
    if (problem_key(reply.value()) == "not_found") return say_nothing_to_cancel(context, what);
    if (!is_yes(reply.value()))
        return complain({Error::Kind::refused, problem_in_words(reply.value(), context.language)});
    const auto json = parsed(reply.value().body);
    const auto answers = json.contains("cancelled") ? json["cancelled"] : Json::array({json});
    bool is_too_late = false;
    for (const auto& one : answers) {
        print_answer(context, what, one);
        is_too_late = is_too_late || text_of(one, "answer") == "too_late";
    }
    return is_too_late ? 1 : 0;
}

}  // namespace kenpin::ctl
