// kenpinctl orders: what came in, and what a person does about it.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/json_text.hpp"
#include "server/ctl/say.hpp"
#include "server/ctl/why_not.hpp"
#include "server/ctl/words.hpp"

namespace kenpin::ctl {
namespace {

void print_reasons(const Context& context, const Json& reasons) {
    const auto settled = context.language == "en" ? "settled" : "済み";
    for (const auto& reason : reasons)
        std::printf("    %s %s → %s\n", text_of(reason, "code").c_str(),
                    text_of(reason, context.language.c_str()).c_str(),
                    reason.value("settled", false)
                        ? settled
                        : text_of(reason.value("remedy", Json::object()), context.language.c_str()).c_str());
}

// What holds its shipments now: it may be another thing than what it came with.
void print_holds(const Context& context, const Json& holds) {
    std::string all;
    for (const auto& hold : holds)
        all += "  " + in_words(context.language, WordOf::hold, hold.get<std::string>());
    if (!all.empty()) say(context, {"    いま止めている理由:" + all, "    what holds it now:" + all});
}

// A server without pages serves no names of flags: the flags show themselves.
std::string flag_names(const Context& context) {
    auto flags = ask(context.server, "/assets/flags.tsv", context.language);
    return flags ? std::move(flags).value() : std::string{};
}

std::string key_in_words(const Context& context, WordOf of, const Json& object, const char* field) {
    return in_words(context.language, of, text_of(object, field));
}

void print_record(const Context& context, const std::string& flags, const Json& record) {
    const auto number = text_of(record, "order_no");
    std::string handling;
    for (const auto& flag : record.value("handling", Json::array()))
        handling += "  " + flag_in_words(context.language, flags, flag.get<std::string>());
    std::printf("%lld  %s  %s  %s  %s %s  (%s %d)%s\n",
                static_cast<long long>(record.value("record", std::int64_t{0})),
                text_of(record, "came_at").substr(0, 16).c_str(),
                key_in_words(context, WordOf::outcome, record, "outcome").c_str(),
                key_in_words(context, WordOf::state, record, "state").c_str(),
                text_of(record, "shop").c_str(), number.empty() ? "-" : number.c_str(),
                text_of(record, "file").c_str(), record.value("file_record", 0), handling.c_str());
    print_reasons(context, record.value("reasons", Json::array()));
    print_holds(context, record.value("holds", Json::array()));
}

void print_lengths(const Context& context, const Json& lengths) {
    const std::map<std::string, std::string> fields = {
        {"name", "名前"}, {"address", "住所"}, {"building", "建物"}};
    for (const auto& one : lengths) {
        const auto field = text_of(one, "field");
        const auto named = fields.find(field);
        const auto number = [&](const char* of) { return std::to_string(one.value(of, 0)); };
        const auto carrier = key_in_words(context, WordOf::carrier, one, "carrier");
        say(context, {"    " + (named == fields.end() ? field : named->second) + "(届け先" +
                          number("recipient") + "): 全角" + number("characters") + "字、" + carrier + " は" +
                          number("takes") + "字まで(" + number("lines") + "行)",
                      "    " + field + " of recipient " + number("recipient") + ": " + number("characters") +
                          " full-width characters, " + carrier + " takes " + number("takes") +
                          " (lines: " + number("lines") + ")"});
    }
}

std::string joined(const Json& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word.get<std::string>();
    return text;
}

void print_together(const Context& context, const Json& same) {
    auto orders = Json::array(), differs = Json::array();
    for (const auto& one : same.value("orders", Json::array())) orders.push_back(text_of(one, "order"));
    for (const auto& what : same.value("differs", Json::array()))
        differs.push_back(in_words(context.language, WordOf::differs, what.get<std::string>()));
    std::printf("%s\n", joined(orders).c_str());
    for (const auto& offer : same.value("offers", Json::array()))
        say(context, {"    まとめられます: " + joined(offer), "    may go together: " + joined(offer)});
    if (!differs.empty())
        say(context, {"    違うところ: " + joined(differs), "    differs: " + joined(differs)});
}

std::string path_of(const std::string& record, const std::string& what = "") {
    return "/api/v1/intake/" + http::percent_encoded(record) + (what.empty() ? "" : "/" + what);
}

std::string query_of(const OrderFilter& filter) {
    const std::pair<const char*, const std::string*> fields[] = {
        {"state", &filter.state}, {"outcome", &filter.outcome}, {"shop", &filter.shop},
        {"code", &filter.code},   {"number", &filter.number},   {"day", &filter.day}};
    std::string query = "/api/v1/intake?limit=1000";
    for (const auto& [name, value] : fields)
        if (!value->empty()) query += std::string("&") + name + "=" + http::percent_encoded(*value);
    return query;
}

}  // namespace

int show_orders(const Context& context, const OrderFilter& filter) {
    const auto query = query_of(filter);
    const auto flags = flag_names(context);
    bool is_empty = true;
    for (std::string before;;) {
        const auto answer = ask(context.server, query + before, context.language);
        if (!answer) return complain(answer.error());
        const auto page = Json::parse(answer.value(), nullptr, false);
        for (const auto& record : page.value("records", Json::array())) {
            print_record(context, flags, record);
            is_empty = false;
        }
        const auto next = page.find("next");
        if (next == page.end() || !next->is_number()) break;
        before = "&before=" + std::to_string(next->get<std::int64_t>());
    }
    if (is_empty) say(context, {"該当する受注はありません", "there are no such orders"});
    return 0;
}

int show_order(const Context& context, const std::string& record) {
    const auto answer = look(context.server, path_of(record), context.language);
    if (!answer) return complain(answer.error());
    if (problem_key(answer.value()) == "not_found") return complain(context, no_such_record(record));
    if (!is_yes(answer.value()))
        return complain({Error::Kind::refused, problem_in_words(answer.value(), context.language)});
    const auto detail = Json::parse(answer.value().body, nullptr, false);
    print_record(context, flag_names(context), detail);
    if (const auto decide = to_decide(context.language, answer.value().body); !decide.empty())
        std::printf("    %s\n", decide.c_str());
    print_lengths(context, detail.value("lengths", Json::array()));
    for (const auto& shipment : detail.value("shipments", Json::array())) {
        std::string holds;
        for (const auto& hold : shipment.value("holds", Json::array()))
            holds += "  " + in_words(context.language, WordOf::hold, hold.get<std::string>());
        std::printf("    %s  %s  %s (%s)%s\n", text_of(shipment, "shipment").c_str(),
                    key_in_words(context, WordOf::work, shipment, "work").c_str(),
                    text_of(shipment, "ship_day").c_str(),
                    key_in_words(context, WordOf::ship_day, shipment, "ship_day_reason").c_str(),
                    holds.c_str());
        for (const auto& line : shipment.value("lines", Json::array()))
            std::printf("      %s × %d\n", text_of(line, "sku").c_str(), line.value("wanted", 0));
    }
    return 0;
}

int show_together(const Context& context, const std::string& shop) {
    const auto query = shop.empty() ? std::string{} : "?shop=" + http::percent_encoded(shop);
    const auto answer = ask(context.server, "/api/v1/consolidations" + query, context.language);
    if (!answer) return complain(answer.error());
    const auto all = Json::parse(answer.value(), nullptr, false).value("consolidations", Json::array());
    for (const auto& same : all) print_together(context, same);
    if (all.empty())
        say(context, {"おまとめの候補はありません", "no orders are for one person at one address"});
    return 0;
}

int show_original(const Context& context, const std::string& record) {
    const auto answer = look(context.server, path_of(record, "original"), context.language);
    if (!answer) return complain(answer.error());
    if (problem_key(answer.value()) == "not_found") return complain(context, no_such_record(record));
    if (!is_yes(answer.value()))
        return complain({Error::Kind::refused, problem_in_words(answer.value(), context.language)});
    for (const auto& kept :
         Json::parse(answer.value().body, nullptr, false).value("records", Json::array())) {
        const auto charset = text_of(kept, "charset");
        std::printf("# %s %d  %s\n%s\n%s\n", text_of(kept, "file").c_str(), kept.value("record", 0),
                    charset.empty() ? (context.language == "en" ? "no text" : "文字として読めません")
                                    : charset.c_str(),
                    text_of(kept, "header").c_str(), text_of(kept, "text").c_str());
    }
    return 0;
}

namespace {

// Nothing changed, or it cannot be: the record says why.
int say_why_not(const Context& context, const OrderAction& action, bool is_refused) {
    const auto record = ask(context.server, path_of(action.record), context.language);
    if (!record) return complain(record.error());
    const auto why = why_not(context.language, action.verb, record.value());
    if (is_refused) return complain({Error::Kind::refused, why});
    std::printf("    %s\n", why.c_str());
    return action.verb == "release" && is_still_held(record.value()) ? 1 : 0;
}

int say_done(const Context& context, const OrderAction& action, const Json& done) {
    const auto outcome = text_of(done, "outcome");
    std::printf("%s  %s  %s\n", action.record.c_str(), text_of(done, "order").c_str(),
                in_words(context.language, WordOf::done, outcome).c_str());
    print_reasons(context, done.value("reasons", Json::array()));
    if (outcome == "unchanged") return say_why_not(context, action, false);
    const bool needs_a_person = outcome == "reject" || outcome == "hold" || outcome == "too_late";
    return needs_a_person ? 1 : 0;
}

}  // namespace

int act_on_order(const Context& context, const OrderAction& action) {
    const bool needs_reason = action.verb == "drop" || action.verb == "release";
    if (needs_reason && !is_reason(action.reason)) {
        (void)complain(context, reasons_to_choose(action.verb, action.reason));
        return 2;  // as any command line that is wrong
    }
    const auto body = needs_reason ? Json{{"reason", action.reason}} : Json::object();
    const auto reply =
        tell(context.server, path_of(action.record, action.verb), body.dump(), context.language);
    if (!reply) return complain(reply.error());
    if (is_yes(reply.value()))
        return say_done(context, action, Json::parse(reply.value().body, nullptr, false));
    const auto problem = problem_key(reply.value());
    if (problem == "not_found") return complain(context, no_such_record(action.record));
    if (problem == "not_for_this_record") return say_why_not(context, action, true);
    return complain({Error::Kind::refused, problem_in_words(reply.value(), context.language)});
}

}  // namespace kenpin::ctl
