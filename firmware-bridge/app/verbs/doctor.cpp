// `kenpin-bridge doctor`: exit code 0 when nothing is bad, else 1.
#include "firmware-bridge/app/doctor.hpp"

#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

#include "firmware-bridge/app/verbs/verb.hpp"

namespace kenpin::app {
namespace {

struct Asked {
    std::string configuration = usual_configuration, socket = usual_socket,
                state_folder = "/var/lib/kenpin-bridge", root = "/", language;
};

std::string user() {
    const auto* entry = getpwuid(geteuid());
    return entry == nullptr ? std::to_string(geteuid()) : entry->pw_name;
}

void print(const std::vector<std::string>& lines) {
    for (const auto& line : lines) std::printf("%s\n", line.c_str());
}

int doctor(const Asked& asked) {
    const auto language = language_of(asked.language);
    print({say(language, "doctor.as", {user()})});
    if (geteuid() == 0) print(lines_of({Finding::Weight::note, "doctor.root", {}}, language));
    const auto findings = examine({asked.root, asked.configuration, asked.socket, asked.state_folder});
    for (const auto& finding : findings) print(lines_of(finding, language));
    const int bad = count_bad(findings);
    print({bad == 0 ? say(language, "doctor.all_good")
                    : say(language, "doctor.some_bad", {std::to_string(bad)})});
    return bad == 0 ? 0 : 1;
}

}  // namespace

void add_doctor(CLI::App& program, Verb& chosen) {
    auto asked = std::make_shared<Asked>();  // held by the callback that CLI11 copies
    auto* verb = program.add_subcommand("doctor", "what is wrong on this machine, and what to do about it");
    verb->add_option("--config", asked->configuration, "the bridge's TOML file")->capture_default_str();
    verb->add_option("--socket", asked->socket, "the station's socket")->capture_default_str();
    verb->add_option("--state-folder", asked->state_folder, "where pairings are kept")->capture_default_str();
    verb->add_option("--root", asked->root, "look at another machine's files below this folder");
    verb->add_option("--lang", asked->language, "ja or en; else as LANG says")
        ->check(CLI::IsMember({"ja", "en"}));
    verb->callback([&chosen, asked] { chosen = [asked] { return doctor(*asked); }; });
}

}  // namespace kenpin::app
