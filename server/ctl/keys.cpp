#include <cstdio>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/json_text.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

std::string scopes_of(const Json& key) {
    std::string text;
    for (const auto& scope : key.value("scopes", Json::array()))
        text += (text.empty() ? "" : " ") + scope.get<std::string>();
    return text;
}

void print_key(const Context& context, const Json& key) {
    const auto shop = text_of(key, "shop");
    const auto revoked = text_of(key, "revoked_at");
    std::printf("%s  %-10s %s  %s  %s", text_of(key, "key").c_str(), shop.empty() ? "*" : shop.c_str(),
                text_of(key, "made_at").c_str(), scopes_of(key).c_str(), text_of(key, "name").c_str());
    if (!revoked.empty())
        std::printf("  (%s %s)", context.language == "en" ? "revoked" : "無効", revoked.c_str());
    std::printf("\n");
}

}  // namespace

int make_key(const Context& context, const KeyWish& wish) {
    Json body = {{"name", wish.name}, {"scopes", wish.scopes}};
    if (!wish.shop.empty()) body["shop"] = wish.shop;
    const auto answer = send(context.server, "/api/v1/keys", body.dump(), context.language);
    if (!answer) return complain(answer.error());
    const auto made = Json::parse(answer.value(), nullptr, false);
    say(context, {"キー " + text_of(made, "key") +
                      " を作りました。次の秘密は今だけ表示します。控えて、店舗に渡してください。",
                  "made key " + text_of(made, "key") + "; this secret is shown only now, keep it safe:"});
    std::printf("%s\n", text_of(made, "secret").c_str());
    return 0;
}

int show_keys(const Context& context) {
    const auto answer = ask(context.server, "/api/v1/keys", context.language);
    if (!answer) return complain(answer.error());
    const auto keys = Json::parse(answer.value(), nullptr, false).value("keys", Json::array());
    for (const auto& key : keys) print_key(context, key);
    if (keys.empty())
        say(context, {"作ったキーはありません。kenpinctl keys make で作ります",
                      "no key was made yet: kenpinctl keys make"});
    return 0;
}

int revoke_key(const Context& context, const std::string& key) {
    const auto answer =
        send(context.server, "/api/v1/keys/" + http::percent_encoded(key) + "/revoke", "", context.language);
    if (!answer)
        return complain(context, answer.error(),
                        {"キー " + key + " はありません → kenpinctl keys",
                         "there is no key " + key + " → kenpinctl keys"});
    say(context, {"キー " + key + " を無効にしました", "key " + key + " is revoked"});
    return 0;
}

}  // namespace kenpin::ctl
