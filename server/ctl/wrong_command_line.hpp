#pragma once
// A wrong command line, said in the user's language with what to do; CLI11 speaks English only.
#include <string>

namespace kenpin::ctl {

/// What the library says of it, e.g. {"RequiredError", "file is required"}.
struct WrongCommandLine {
    std::string kind{}, what{};
    std::string command{};    // as far as it was understood, e.g. "orders show"; may be empty
    std::string not_known{};  // words that nothing takes
    std::string about{};      // help of the option that is missing
};
std::string in_words(const std::string& language, const WrongCommandLine& wrong);

}  // namespace kenpin::ctl
