#include <cstdio>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/json_text.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

constexpr const char* tasks_path = "/api/v1/floor-tasks";

Result<Json> tasks(const Context& context, const char* which) {
    const auto answer = ask(context.server, tasks_path, context.language);
    if (!answer) return answer.error();
    return Json::parse(answer.value(), nullptr, false).value(which, Json::array());
}

void print_put_back(const Json& task) {
    std::printf("%s  %s %s  %s  %d\n", text_of(task, "shipment").c_str(), text_of(task, "sku").c_str(),
                text_of(task, "lot").c_str(), text_of(task, "location").c_str(), task.value("left", 0));
}

// What is left of the item whose code it is can only be told by the server: the person has one item in hand,
// and the tasks of a shipment name its goods.
int left_of(const Json& all, const std::string& shipment, const std::string& sku) {
    int left = 0;
    for (const auto& task : all)
        if (text_of(task, "shipment") == shipment && text_of(task, "sku") == sku)
            left += task.value("left", 0);
    return left;
}

std::vector<std::string> skus_of(const Json& all, const std::string& shipment) {
    std::vector<std::string> skus;
    for (const auto& task : all)
        if (text_of(task, "shipment") == shipment && (skus.empty() || skus.back() != text_of(task, "sku")))
            skus.push_back(text_of(task, "sku"));
    return skus;
}

}  // namespace

int change(const Context& context, const std::string& order, const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string body{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && body.empty())
        return complain(context, {"ファイルが読めません: " + file + " → 名前と権限を確かめてください",
                                  "cannot read " + file + " → check its name and rights"});
    const auto path = "/api/v1/orders/" + http::percent_encoded(order) + "/change";
    const auto answer = send(context.server, path, body, context.language);
    if (!answer)
        return complain(
            context, answer.error(),
            {"受注 " + order +
                 " はありません → 店舗:受注番号 で指定します。探すには kenpinctl orders --number 番号の一部",
             "there is no order " + order +
                 " → name it SHOP:ORDER; to find it: kenpinctl orders --number PART"});
    const auto json = Json::parse(answer.value(), nullptr, false);
    std::printf("%s  %s\n", text_of(json, "order").c_str(),
                text_of(json, context.language == "en" ? "en" : "ja").c_str());
    for (const auto& shipment : json.value("shipments", Json::array()))
        if (shipment.is_string()) std::printf("%s\n", shipment.get<std::string>().c_str());
    return 0;
}

int show_pull_out(const Context& context) {
    const auto all = tasks(context, "pull_out");
    if (!all) return complain(all.error());
    for (const auto& row : all.value())
        std::printf("%s  %s  %s  %s\n", text_of(row, "tracking").c_str(), text_of(row, "carrier").c_str(),
                    text_of(row, "shop").c_str(), text_of(row, "shipment").c_str());
    if (all.value().empty()) say(context, {"抜き取る送り状はありません", "no waybill is to be pulled out"});
    return 0;
}

int pull_out(const Context& context, const std::string& code) {
    const auto answer = send(context.server, std::string(tasks_path) + "/pull-out",
                             Json{{"code", code}}.dump(), context.language);
    if (!answer)
        return complain(
            context, answer.error(),
            {"送り状 " + code + " はありません → 読んだコードを確かめてください(一覧は kenpinctl pull-out)",
             "there is no waybill " + code +
                 " → check the code that was read (kenpinctl pull-out lists them)"});
    say(context, {"送り状 " + code + " を破棄しました", "waybill " + code + " is destroyed"});
    return 0;
}

int show_put_back(const Context& context) {
    const auto all = tasks(context, "put_back");
    if (!all) return complain(all.error());
    for (const auto& row : all.value()) print_put_back(row);
    if (all.value().empty()) say(context, {"棚戻しはありません", "nothing is to be put back"});
    return 0;
}

int put_back(const Context& context, const PutBackWords& scanned) {
    const auto all = tasks(context, "put_back");
    if (!all) return complain(all.error());
    const Sentence nothing = {
        "出荷 " + scanned.shipment + " に棚へ戻すものはありません → kenpinctl put-back",
        "nothing of shipment " + scanned.shipment + " is to be put back → kenpinctl put-back"};
    Error last{Error::Kind::not_found, ""};
    for (const auto& sku : skus_of(all.value(), scanned.shipment)) {
        const Json body{{"shipment", scanned.shipment},
                        {"item", scanned.item},
                        {"location", scanned.location},
                        {"left", left_of(all.value(), scanned.shipment, sku)}};
        const auto answer =
            send(context.server, std::string(tasks_path) + "/put-back", body.dump(), context.language);
        if (!answer) {
            last = answer.error();
            continue;
        }
        say(context, {"戻しました", "put back"});
        for (const auto& row : Json::parse(answer.value(), nullptr, false).value("left", Json::array()))
            print_put_back(row);
        return 0;
    }
    return complain(context, last, nothing);
}

int show_blocked(const Context& context) {
    const auto all = tasks(context, "blocked");
    if (!all) return complain(all.error());
    for (const auto& row : all.value())
        std::printf("%s  %s  %d  %s\n", text_of(row, "location").c_str(), text_of(row, "sku").c_str(),
                    row.value("on_hand", 0), text_of(row, "since").c_str());
    if (all.value().empty()) say(context, {"止めている棚はありません", "no shelf is blocked"});
    return 0;
}

int free_shelf(const Context& context, const std::string& sku, const std::string& location) {
    const auto answer = send(context.server, std::string(tasks_path) + "/free-shelf",
                             Json{{"sku", sku}, {"location", location}}.dump(), context.language);
    if (!answer)
        return complain(context, answer.error(),
                        {"棚 " + location + " の " + sku + " は止めていません → kenpinctl blocked",
                         sku + " on " + location + " is not blocked → kenpinctl blocked"});
    say(context, {"棚 " + location + " の " + sku + " をまた引き当てます",
                  sku + " on " + location + " is given out again"});
    return 0;
}

}  // namespace kenpin::ctl
