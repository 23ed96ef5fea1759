#include "server/ctl/import_report.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/ctl/json_text.hpp"
#include "server/ctl/words.hpp"

namespace kenpin::ctl {
namespace {

constexpr std::size_t most_records = 20;

std::string count(const Json& json, const char* field) {
    return std::to_string(json.value(field, 0));
}

// A reason of some orders, and how many have it.
struct Told {
    Json reason;
    int orders = 0;
};

std::vector<Json> to_look_after(const Json& answer) {
    std::vector<Json> records;
    for (const auto& record : answer.value("records", Json::array())) {
        const auto outcome = text_of(record, "outcome");
        if (outcome != "accept" && outcome != "skip") records.push_back(record);
    }
    return records;
}

// The one that most orders have comes first.
std::vector<Told> reasons_of(const std::vector<Json>& records) {
    std::vector<Told> all;
    for (const auto& record : records)
        for (const auto& reason : record.value("reasons", Json::array())) {
            const auto same = [&](const Told& told) {
                return text_of(told.reason, "code") == text_of(reason, "code");
            };
            const auto found = std::find_if(all.begin(), all.end(), same);
            if (found == all.end())
                all.push_back({reason, 1});
            else
                ++found->orders;
        }
    std::stable_sort(all.begin(), all.end(),
                     [](const Told& a, const Told& b) { return a.orders > b.orders; });
    return all;
}

std::string totals(const std::string& language, const Json& answer) {
    const auto& outcomes = answer["outcomes"];
    const auto accept = count(outcomes, "accept"), hold = count(outcomes, "hold"),
               reject = count(outcomes, "reject"), skip = count(outcomes, "skip");
    if (language == "en")
        return accept + " accepted, " + hold + " held, " + reject + " rejected, " + skip +
               " unchanged or no order\n";
    return "受入 " + accept + "、保留 " + hold + "、取込不可 " + reject + "、変更なし・対象外 " + skip + "\n";
}

// What is said of the file itself, and the orders that a payment set free.
std::string besides(const std::string& language, const Json& answer) {
    std::string text;
    for (const auto& record : answer.value("records", Json::array())) {
        if (record.value("record", 0) != 0 || text_of(record, "outcome") != "skip") continue;
        for (const auto& reason : record.value("reasons", Json::array()))
            text += "  " + text_of(reason, "code") + " " + text_of(reason, language) + " → " +
                    text_of(reason.value("remedy", Json::object()), language) + "\n";
    }
    const auto released = count(answer, "released");
    if (released == "0") return text;
    return text + (language == "en" ? "  paid now, so that they go on: " + released + "\n"
                                    : "  入金済になり、動き出した受注: " + released + "件\n");
}

std::string in_words(const std::string& language, const Told& told) {
    const auto orders = std::to_string(told.orders);
    const auto remedy = text_of(told.reason.value("remedy", Json::object()), language);
    return "  " + text_of(told.reason, "code") + " " + text_of(told.reason, language) +
           (language == "en" ? " (" + orders + ")" : "(" + orders + "件)") +
           (remedy.empty() ? "" : " → " + remedy) + "\n";
}

std::string record_in_words(const std::string& language, const Json& record) {
    const auto number = std::to_string(record.value("record", 0));
    std::string codes;
    for (const auto& reason : record.value("reasons", Json::array()))
        codes += (codes.empty() ? "" : " ") + text_of(reason, "code");
    const auto order = text_of(record, "order_no");
    const auto whole = language == "en" ? "the whole file" : "ファイル全体";
    const auto place = record.value("record", 0) == 0 ? std::string(whole)
                       : language == "en"             ? "record " + number
                                                      : number + "件目";
    return "  " + place + (order.empty() ? "" : " " + order) + "  " +
           ctl::in_words(language, WordOf::outcome, text_of(record, "outcome")) + "  " + codes + "\n";
}

std::string more(const std::string& language, std::size_t left) {
    if (left == 0) return {};
    const auto number = std::to_string(left);
    return language == "en" ? "  and " + number + " more: kenpinctl orders --outcome hold (or reject)\n"
                            : "  ほか " + number + "件: kenpinctl orders --outcome hold(または reject)\n";
}

std::string orders_in_words(const std::string& language, const Json& answer) {
    const auto records = to_look_after(answer);
    auto text = totals(language, answer) + besides(language, answer);
    if (records.empty()) return text;
    text += language == "en" ? "What to do:\n" : "すること:\n";
    for (const auto& told : reasons_of(records)) text += in_words(language, told);
    text += language == "en" ? "Which orders (kenpinctl orders shows each):\n"
                             : "どの受注か(kenpinctl orders で1件ずつ見られます):\n";
    const auto shown = std::min(records.size(), most_records);
    for (std::size_t i = 0; i < shown; ++i) text += record_in_words(language, records[i]);
    return text + more(language, records.size() - shown + answer.value("not_listed", std::size_t{0}));
}

std::string rows_in_words(const std::string& language, const Json& answer) {
    const auto taken = count(answer, "taken"), unchanged = count(answer, "unchanged"),
               refused = std::to_string(answer.value("refused", Json::array()).size());
    return language == "en" ? taken + " taken, " + unchanged + " unchanged, " + refused + " refused\n"
                            : "取込 " + taken + "、変更なし " + unchanged + "、受付不可 " + refused + "\n";
}

}  // namespace

Report import_report(const std::string& language, const std::string& kind, const Reply& reply) {
    const auto title = ctl::in_words(language, WordOf::table, kind) + ": ";
    const auto answer = Json::parse(reply.body, nullptr, false);
    const bool is_of_orders = answer.is_object() && answer.contains("outcomes");
    // Where the whole file was refused (record 0) there is one sentence and nothing to list.
    const bool is_told = is_of_orders && !to_look_after(answer).empty() &&
                         to_look_after(answer).front().value("record", 0) != 0;
    if (!is_yes(reply) && !is_told)
        return {.exit_code = 1, .complaint = title + problem_in_words(reply, language)};
    const auto refused = is_yes(reply) ? answer.value("refused", Json::array()).size() : std::size_t{1};
    const auto text = is_of_orders ? orders_in_words(language, answer)
                                   : rows_in_words(language, answer) + refusals_in_words(reply, language);
    return {.text = title + text, .exit_code = refused == 0 ? 0 : 1};
}

}  // namespace kenpin::ctl
