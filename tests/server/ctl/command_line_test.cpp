#include "server/ctl/command_line.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

#include "server/web/access.hpp"
#include "server/web/intake.hpp"

using namespace kenpin;
using namespace kenpin::ctl;

namespace {

struct Line {
    Context context;
    Asked asked;
    CLI::App app;
    explicit Line(const std::string& language) {
        context.language = language;
        add_commands(app, context, asked);
    }
    /// What is wrong, in words; empty: nothing is.
    std::string parse(std::vector<std::string> words) {
        std::reverse(words.begin(), words.end());
        try {
            app.parse(words);
        } catch (const CLI::ParseError& error) {
            return in_words(context.language, wrong_with(app, error.get_name(), error.what()));
        }
        return {};
    }
};

bool is_japanese(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

template <class Look>
void walk(const CLI::App& app, const Look& look) {
    look(app.get_name(), app.get_description());
    for (const auto* option : app.get_options()) look(option->get_name(), option->get_description());
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        walk(*command, look);
}

}  // namespace

TEST_CASE("every command and every option has its help in Japanese") {
    walk(Line("ja").app, [](const std::string& name, const std::string& help) {
        INFO(name << ": " << help);
        CHECK(is_japanese(help));
    });
}

TEST_CASE("every command and every option has its help in English") {
    walk(Line("en").app, [](const std::string& name, const std::string& help) {
        INFO(name << ": " << help);
        CHECK_FALSE(help.empty());
        CHECK_FALSE(is_japanese(help));
    });
}

TEST_CASE("the headings of a Japanese help are Japanese, too") {
    const auto help = Line("ja").app.help();
    for (const auto* english : {"Usage", "Options", "OPTIONS", "Subcommands", "SUBCOMMAND"})
        CHECK(help.find(english) == std::string::npos);
    CHECK(Line("ja").app.get_subcommand("orders")->get_subcommand("drop")->help().find("TEXT") ==
          std::string::npos);
}

TEST_CASE("help names every reason for which an order is set aside") {
    const auto help = Line("ja").app.get_subcommand("orders")->get_subcommand("drop")->help();
    for (const auto& reason : web::action_reasons) CHECK(help.find(reason) != std::string::npos);
}

TEST_CASE("help says with which exit code a start ends that started nothing") {
    CHECK(Line("ja").app.get_subcommand("start")->help().find("終了コード 1") != std::string::npos);
    CHECK(Line("en").app.get_subcommand("start")->help().find("exit code 1") != std::string::npos);
}

TEST_CASE("help is asked for in either way, also with a language before it") {
    using Words = std::vector<std::string>;
    CHECK(with_help_option({"help"}) == Words{"--help"});
    CHECK(with_help_option({"help", "orders", "show"}) == Words{"orders", "show", "--help"});
    CHECK(with_help_option({"--lang", "en", "help", "start"}) == Words{"--lang", "en", "start", "--help"});
    CHECK(with_help_option({"say", "H1", "help"}) == Words{"say", "H1", "help"});
    CHECK(with_help_option({}) == Words{});
}

TEST_CASE("the language, the server and the key may stand behind a verb") {
    Line line("en");
    CHECK(line.parse({"orders", "show", "3", "--server", "http://h", "--key", "k", "--lang", "en"}) == "");
    CHECK(line.context.server.url == "http://h");
    CHECK(line.asked.key == "k");
    CHECK(line.asked.action.record == "3");
}

TEST_CASE("what is missing on a command line is named with what it is") {
    CHECK(
        Line("ja").parse({"orders", "show"}) ==
        "record(記録の番号(kenpinctl orders の行の先頭)) がありません → 使い方は kenpinctl help orders show");
    CHECK(Line("ja").parse({}) == "何をするか(コマンド)がありません → 使い方は kenpinctl help");
    CHECK(Line("ja").parse({"strat"}) == "知らない言葉があります: strat → 使い方は kenpinctl help");
    CHECK(Line("ja").parse({"orders", "--state", "foo"}).starts_with("--state: foo ではなく "));
}

TEST_CASE("a key is made for every scope that there is, and for no other") {
    for (const auto scope : web::all_scopes())
        CHECK(Line("ja").parse({"keys", "make", "--name", "n", "--scope", std::string(web::name(scope))}) ==
              "");
    const auto said = Line("ja").parse({"keys", "make", "--name", "n", "--scope", "foo"});
    CHECK(said.starts_with("--scope: foo ではなく "));
    CHECK(said.find("supervisor") != std::string::npos);
}
