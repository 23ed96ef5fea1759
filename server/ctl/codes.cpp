#include <cstdio>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/json_text.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

void print_code(const Context& context, const Json& code) {
    const auto options = text_of(code, "options"), since = text_of(code, "since");
    const auto orders = std::to_string(code.value("orders", 0));
    const auto row =
        text_of(code, "shop") + "  " + text_of(code, "code") + (options.empty() ? "" : "  ") + options;
    say(context, {row + "  " + orders + "件が待っています(" + since + " から)",
                  row + "  orders waiting: " + orders + " (since " + since + ")"});
    for (const auto& proposal : code.value("proposals", Json::array()))
        std::printf("             ? %s=%d  %s\n", text_of(proposal, "sku").c_str(),
                    proposal.value("units", 1), text_of(proposal, "name").c_str());
}

// "SKU" or "SKU=UNITS"; nothing: UNITS is no number.
std::optional<Json> item_of(const std::string& text) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos) return Json{{"sku", text}};
    const auto units = text.substr(equals + 1);
    if (units.empty() || units.size() > 6 || units.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return Json{{"sku", text.substr(0, equals)}, {"units", std::stoi(units)}};
}

}  // namespace

int show_codes(const Context& context, const std::string& shop) {
    const auto query = shop.empty() ? std::string{} : "?shop=" + http::percent_encoded(shop);
    const auto answer = ask(context.server, "/api/v1/codes/unknown" + query, context.language);
    if (!answer) return complain(answer.error());
    const auto told = Json::parse(answer.value(), nullptr, false);
    const auto codes = told.value("codes", Json::array());
    for (const auto& code : codes) print_code(context, code);
    if (const auto more = told.value("left_off", 0); more > 0)
        say(context, {"ほかに " + std::to_string(more) +
                          "種類 → 多ければ商品対応表をまとめて取り込んでください: kenpinctl import "
                          "shop_items ファイル",
                      std::to_string(more) + " more codes → so many are told at once with a table: "
                                             "kenpinctl import shop_items FILE"});
    if (codes.empty())
        say(context, {"知らない商品コードを待っている受注はありません",
                      "no order waits for a code that nobody knows"});
    return 0;
}

int answer_code(const Context& context, const CodeWish& wish) {
    auto items = Json::array();
    for (const auto& text : wish.items) {
        auto item = item_of(text);
        if (!item) {
            (void)complain(context,
                           {text + " の個数が数字ではありません → 品番=個数 と書いてください(例 G-22081=2)",
                            "the units of " + text + " are no number → write SKU=UNITS, e.g. G-22081=2"});
            return 2;  // as any command line that is wrong
        }
        items.push_back(std::move(*item));
    }
    Json body = {{"code", wish.code}, {"items", std::move(items)}};
    if (!wish.shop.empty()) body["shop"] = wish.shop;
    if (!wish.options.empty()) body["options"] = wish.options;
    const auto answer = send(context.server, "/api/v1/codes", body.dump(), context.language);
    if (!answer) return complain(answer.error());
    const auto done = Json::parse(answer.value(), nullptr, false);
    const auto taken = std::to_string(done.value("taken", 0)),
               left = std::to_string(done.value("still_waiting", 0));
    say(context,
        {"登録しました。待っていた受注 " + taken + " 件を取り込みました(ほかのコード待ち " + left + " 件)",
         "noted; " + taken + " waiting orders were taken, " + left + " wait for other codes"});
    if (const auto wrong = done.value("wrong", 0); wrong > 0)
        say(context, {"コードのほかにも直すところがある受注 " + std::to_string(wrong) +
                          " 件: kenpinctl orders --state open で新しい理由を見てください",
                      std::to_string(wrong) +
                          " orders need more than the code: see their new reasons with kenpinctl orders "
                          "--state open"});
    return 0;
}

}  // namespace kenpin::ctl
