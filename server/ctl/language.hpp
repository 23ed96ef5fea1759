#pragma once
// In which language kenpinctl speaks: it has to be known before the command line is read, for a wrong one is
// answered too.
#include <functional>
#include <string>
#include <vector>

namespace kenpin::ctl {

/// The value of a variable of the environment; empty: there is none.
using Environment = std::function<std::string(const char*)>;

/// "en" or "ja": what stands behind --lang, else what LC_ALL, LC_MESSAGES or LANG say; Japanese when none of
/// them says "en".
std::string language_of(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace kenpin::ctl
