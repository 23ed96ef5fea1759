// `kenpin-bridge list` and `monitor`: the running bridge, asked from the side.
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>

#include "firmware-bridge/app/verbs/describe.hpp"
#include "firmware-bridge/app/verbs/verb.hpp"
#include "firmware-bridge/app/verbs/watch_link.hpp"

namespace kenpin::app {
namespace {

constexpr std::chrono::seconds answer_limit{5};

struct Asked {
    std::string socket = usual_socket, language;
    bool shows_codes = false;
};

/// What is the matter, and what to do about it.
void complain(Language language, const std::string& key, const std::string& part) {
    std::fprintf(stderr, "%s\n    %s: %s\n", say(language, key, {part}).c_str(), say(language, "fix").c_str(),
                 say(language, "fix." + key).c_str());
}

Result<WatchLink> connected(const Asked& asked, Language language) {
    auto link = WatchLink::connect(asked.socket);
    if (link) return link;
    if (link.error().kind == Error::Kind::refused)
        complain(language, "doctor.socket_refused", link.error().detail);
    else
        complain(language, "no_daemon", link.error().detail);
    return link;
}

void print(const std::string& line) {
    if (line.empty()) return;
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

/// Everything up to Listed. False: the bridge hung up before.
bool print_devices(WatchLink& link, Language language) {
    bool has_any = false;
    while (const auto packet = link.next(answer_limit)) {
        if (std::holds_alternative<Listed>(*packet)) {
            if (!has_any) print(say(language, "nothing_here"));
            return true;
        }
        const auto* message = std::get_if<protocol::BridgeUp>(&*packet);
        const auto* device = message == nullptr ? nullptr : std::get_if<protocol::BridgeDevice>(message);
        if (device == nullptr) continue;
        for (const auto& line : describe(*device, language)) print(line);
        has_any = true;
    }
    return false;
}

int list(const Asked& asked) {
    const auto language = language_of(asked.language);
    auto link = connected(asked, language);
    if (!link) return 1;
    auto open = std::move(link).value();
    if (print_devices(open, language)) return 0;
    complain(language, "bridge_went", {});
    return 1;
}

int monitor(const Asked& asked) {
    const auto language = language_of(asked.language);
    auto link = connected(asked, language);
    if (!link) return 1;
    auto open = std::move(link).value();
    if (asked.shows_codes) open.show_codes();
    while (const auto packet = open.next(std::nullopt)) print(news_line(*packet, language));
    complain(language, "bridge_went", {});
    return 1;
}

CLI::App* add(CLI::App& program, const char* name, const char* what, const std::shared_ptr<Asked>& asked) {
    auto* verb = program.add_subcommand(name, what);
    verb->add_option("--socket", asked->socket, "the station's socket")->capture_default_str();
    verb->add_option("--lang", asked->language, "ja or en; else as LANG says")
        ->check(CLI::IsMember({"ja", "en"}));
    return verb;
}

}  // namespace

void add_list(CLI::App& program, Verb& chosen) {
    auto asked = std::make_shared<Asked>();  // held by the two callbacks that CLI11 copies
    add(program, "list", "what hangs here, who it is, and what is the matter with it", asked)
        ->callback([&chosen, asked] { chosen = [asked] { return list(*asked); }; });
}

void add_monitor(CLI::App& program, Verb& chosen) {
    auto asked = std::make_shared<Asked>();
    auto* verb = add(program, "monitor", "devices and scans as they happen", asked);
    verb->add_flag("--show-codes", asked->shows_codes,
                   "what was read, too; a stray code may hold somebody's address");
    verb->callback([&chosen, asked] { chosen = [asked] { return monitor(*asked); }; });
}

}  // namespace kenpin::app
