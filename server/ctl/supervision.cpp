#include <cstdio>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

using Json = nlohmann::json;

Json parsed(const std::string& text) {
    return Json::parse(text, nullptr, false);
}

std::string text_of(const Json& object, const char* field) {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string words_of(const Context& context, const Json& object) {
    return text_of(object, context.language == "en" ? "en" : "ja");
}

void print_list(const Json& list) {
    std::printf("%s  %-8s %-8s %s  %d/%d\n", text_of(list, "list").c_str(), text_of(list, "state").c_str(),
                text_of(list, "leased_to").c_str(), text_of(list, "leased_until").c_str(),
                list.value("picked", 0), list.value("wanted", 0));
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

void print_answer(const Context& context, const Json& answer) {
    std::printf("%s  %s\n", text_of(answer, "shipment").c_str(), words_of(context, answer).c_str());
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
    for (const auto& list : parsed(answer.value()).value("lists", Json::array())) print_list(list);
    return 0;
}

int revoke_list(const Context& context, const std::string& list) {
    const auto path = "/api/v1/lists/" + http::percent_encoded(list) + "/revoke";
    const auto answer = send(context.server, path, "", context.language);
    if (!answer) return complain(answer.error());
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
    if (!answer) return complain(answer.error());
    say(context, {"例外 " + number + " を処理済みにしました", "exception " + number + " is settled"});
    return 0;
}

int cancel(const Context& context, const std::string& what) {
    const auto answer = send(context.server, cancel_path(what), "", context.language);
    if (!answer) return complain(answer.error());
    const auto json = parsed(answer.value());
    if (!json.contains("cancelled")) print_answer(context, json);
    for (const auto& one : json.value("cancelled", Json::array())) print_answer(context, one);
    return 0;
}

}  // namespace kenpin::ctl
