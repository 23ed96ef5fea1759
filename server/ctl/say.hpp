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

void say(const Context& context, const Sentence& sentence);
/// To standard error; answers 1, the exit code.
int complain(const Context& context, const Sentence& sentence);
int complain(const Error& error);

}  // namespace kenpin::ctl
