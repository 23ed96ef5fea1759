#pragma once
// What kenpinctl says, in the two languages.
#include <string>

#include "core/base/result.hpp"
#include "server/ctl/commands.hpp"

namespace kenpin::ctl {

struct Sentence {
    std::string ja;
    std::string en;
};

/// What a command has to say, and its exit code.
struct Report {
    std::string text{};  // lines, each with its end
    int exit_code = 0;
    std::string complaint{};  // what went wrong altogether; no end of line
};
/// The text to standard output, the complaint to standard error; answers the exit code.
int print(const Report& report);

void say(const Context& context, const Sentence& sentence);
/// To standard error; answers 1, the exit code.
int complain(const Context& context, const Sentence& sentence);
int complain(const Error& error);
/// `missing` when what was named is not there, else what went wrong.
int complain(const Context& context, const Error& error, const Sentence& missing);

}  // namespace kenpin::ctl
