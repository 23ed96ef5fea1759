#pragma once
// What the bridge says, in plain words for a terminal. Pure.
#include <string>
#include <vector>

#include "core/protocol/bridge.hpp"
#include "firmware-bridge/app/watchers.hpp"
#include "firmware-bridge/app/words.hpp"

namespace kenpin::app {

/// A device for `list`: who it is and where, then what is the matter and what to do about it.
std::vector<std::string> describe(const protocol::BridgeDevice& device, Language language);
/// One line for `monitor`; empty for what says nothing to a person.
std::string news_line(const WatchPacket& packet, Language language);

}  // namespace kenpin::app
