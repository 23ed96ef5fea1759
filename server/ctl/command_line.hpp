#pragma once
// The command line of kenpinctl: its commands with their help in Japanese and English, and what each calls.
#include <cstdint>
#include <string>
#include <vector>

#include "server/ctl/commands.hpp"
#include "server/ctl/wrong_command_line.hpp"

namespace CLI {
class App;
}

namespace kenpin::ctl {

/// What stood on the command line.
struct Asked {
    KeyWish wish{};
    CodeWish code{};
    OrderFilter filter{};
    OrderAction action{};
    std::string what{}, revoked{}, file{}, shop{}, shipment{}, database{}, site = "TOKYO1", key{};
    std::string list{}, exception{}, note{}, cancelled{}, backup{}, changed{}, waybill{}, sku{}, location{};
    PutBackWords put_back{};
    PrinterWish printer{};
    LabelWish label{};
    std::string station{}, text{}, command{};
    int minutes = 0;
    std::int64_t upto = 0;
    bool replays = false, lists_all = false;
};

/// All commands, described in `context.language`. `app`, `context` and `asked` must live as long as each
/// other.
void add_commands(CLI::App& app, Context& context, Asked& asked);
/// "help orders show" is "orders show --help"; --lang and its value may stand anywhere.
std::vector<std::string> with_help_option(std::vector<std::string> arguments);
/// What is wrong with the command line, after a parse that failed so. `kind`, `what`: of the library's error.
WrongCommandLine wrong_with(const CLI::App& app, const std::string& kind, const std::string& what);
/// Words that no command takes: then no help is shown as if they were understood.
std::string not_known(const CLI::App& app);
/// Does what was asked; answers the exit code.
int run(const CLI::App& app, const Context& context, Asked& asked);

}  // namespace kenpin::ctl
