#pragma once
// The running server as kenpinctl sees it: its HTTP API, called with the administrator's key.
#include <string>

#include "core/base/private.hpp"
#include "core/base/result.hpp"

namespace kenpin::ctl {

struct ServerAddress {
    std::string url = "http://127.0.0.1:8470";
    Private<std::string> key;
};

/// What the server said; a no is an answer too.
struct Reply {
    int status = 0;
    std::string body{};
};
bool is_yes(const Reply& reply);
/// Of a no: its key, e.g. "not_found"; empty: it has none.
std::string problem_key(const Reply& reply);
/// A no as one sentence with what to do about it, then a line for each field or record that is wrong (at most
/// 20). No end of line behind the last.
std::string problem_in_words(const Reply& reply, const std::string& language);
/// Of a yes with rows that were refused: a line for each, as above, each with its end.
std::string refusals_in_words(const Reply& reply, const std::string& language);

/// Errors of both: unreachable (no server there), refused (it does not know the key).
Result<Reply> look(const ServerAddress& server, const std::string& path, const std::string& language);
Result<Reply> tell(const ServerAddress& server, const std::string& path, const std::string& body,
                   const std::string& language);

/// The answer's JSON. Errors: unreachable (no server there), not_found (what was named is not there; the
/// caller knows what that is), refused (its problem, with the remedy, in `language`).
Result<std::string> ask(const ServerAddress& server, const std::string& path, const std::string& language);
/// Sends `body` as it is; errors as ask().
Result<std::string> send(const ServerAddress& server, const std::string& path, const std::string& body,
                         const std::string& language);

}  // namespace kenpin::ctl
