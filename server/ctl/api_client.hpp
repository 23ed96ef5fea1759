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

/// The answer's JSON. Errors: unreachable (no server there), refused (its problem, with the remedy, in
/// `language`).
Result<std::string> ask(const ServerAddress& server, const std::string& path, const std::string& language);
/// Sends `body` as it is; errors as ask().
Result<std::string> send(const ServerAddress& server, const std::string& path, const std::string& body,
                         const std::string& language);

}  // namespace kenpin::ctl
