#include <cstdio>

#include <nlohmann/json.hpp>

#include "server/ctl/commands.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

using Json = nlohmann::json;

void print_backup(const Json& backup) {
    std::printf("%s  %-10lld %s\n", backup.value("made_at", "").c_str(), backup.value("upto", 0LL),
                backup.value("name", "").c_str());
}

int make(const Context& context, const std::string& body) {
    const auto answer = send(context.server, "/api/v1/backups", body, context.language);
    if (!answer) return complain(answer.error());
    print_backup(Json::parse(answer.value(), nullptr, false));
    return 0;
}

}  // namespace

int make_backup(const Context& context) {
    return make(context, "");
}

int note_backup(const Context& context, const std::string& name, std::int64_t upto) {
    return make(context, Json{{"name", name}, {"upto", upto}}.dump());
}

int show_backups(const Context& context) {
    const auto answer = ask(context.server, "/api/v1/backups", context.language);
    if (!answer) return complain(answer.error());
    const auto json = Json::parse(answer.value(), nullptr, false);
    for (const auto& backup : json.value("backups", Json::array())) print_backup(backup);
    const auto newest = std::to_string(json.value("newest", 0LL));
    say(context, {"今の記録は " + newest + " 件目までです", "events go up to " + newest + " now"});
    return 0;
}

}  // namespace kenpin::ctl
