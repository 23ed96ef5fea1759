// kenpinctl: administration from the command line.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "server/ctl/command_line.hpp"
#include "server/ctl/language.hpp"

namespace {

using namespace kenpin;

std::string of_environment(const char* name) {
    const auto* value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string(value);
}

int say_wrong(const CLI::App& app, const ctl::Context& context, const CLI::ParseError& error) {
    constexpr int wrong_command_line = 2;
    const auto wrong = ctl::wrong_with(app, error.get_name(), error.what());
    std::fprintf(stderr, "kenpinctl: %s\n", ctl::in_words(context.language, wrong).c_str());
    return wrong_command_line;
}

}  // namespace

int main(int argc, char** argv) {
    auto arguments = ctl::with_help_option({argv + 1, argv + argc});
    ctl::Context context;
    context.language = ctl::language_of(arguments, of_environment);
    ctl::Asked asked;
    CLI::App app;
    ctl::add_commands(app, context, asked);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    try {
        app.parse(arguments);
    } catch (const CLI::Success& help) {
        return ctl::not_known(app).empty() ? app.exit(help) : say_wrong(app, context, help);
    } catch (const CLI::ParseError& error) {
        return say_wrong(app, context, error);
    }
    // Not by CLI11: every command has the option, and the environment of one would win over the word of
    // another.
    if (asked.key.empty()) asked.key = of_environment("KENPIN_ADMIN_KEY");
    context.server.key = Private<std::string>(asked.key);
    return ctl::run(app, context, asked);
}
