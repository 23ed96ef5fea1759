#pragma once
// What became of a file that was imported, as whoever sent it reads it.
#include <string>

#include "server/ctl/api_client.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {

/// Of orders: how many ended how, each reason once with what to do about it, then who has it (at most 20).
/// Exit code 1 when anything was refused: whoever runs this by the clock must notice.
Report import_report(const std::string& language, const std::string& kind, const Reply& reply);

}  // namespace kenpin::ctl
